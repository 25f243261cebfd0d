import { expect, test } from "vitest";
import type { Draft } from "../../../shared/model/draft";
import { mergeDrafts } from "./merge-drafts";

const base: Draft = {
  id: "d",
  name: "Home",
  messageType: "VIEW",
  text: "{}",
  revision: 3,
  createdAt: "2026-11-23T10:00:00.000Z",
  updatedAt: "2026-11-23T10:00:00.000Z",
};

test("a new name there and a new text here become one draft, on their revision", () => {
  const theirs = { ...base, name: "Start page", revision: 4 };
  const merged = mergeDrafts(base, { ...base, text: '{"a":1}' }, theirs);
  expect(merged).toEqual({ outcome: "one", draft: { ...theirs, text: '{"a":1}' } });
});

test("a new text there and a new name here become one draft", () => {
  const merged = mergeDrafts(base, { ...base, name: "Start" }, { ...base, text: '{"b":1}', revision: 4 });
  expect(merged).toMatchObject({ outcome: "one", draft: { name: "Start", text: '{"b":1}', revision: 4 } });
});

test("the same text typed in both windows is one draft", () => {
  const same = { ...base, text: '{"a":1}' };
  expect(mergeDrafts(base, same, { ...same, revision: 4 })).toMatchObject({ outcome: "one" });
});

test("two different texts are both kept", () => {
  const theirs = { ...base, text: '{"theirs":1}', revision: 4 };
  const merged = mergeDrafts(base, { ...base, text: '{"ours":1}' }, theirs);
  expect(merged).toEqual({
    outcome: "two",
    theirs,
    ours: { name: "Home (other window)", messageType: "VIEW", text: '{"ours":1}' },
  });
});

test("two texts of a draft that were never the same are both kept", () => {
  const theirs = { ...base, text: '{"theirs":1}' };
  const merged = mergeDrafts(undefined, { ...base, text: '{"ours":1}' }, theirs);
  expect(merged).toMatchObject({ outcome: "two", theirs, ours: { text: '{"ours":1}' } });
});
