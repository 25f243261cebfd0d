import { expect, it } from "vitest";
import type { Entry } from "../../../shared/model/entry";
import { guestOfEntry } from "./guest-of-entry";

const entry = (text: string | undefined, event: Entry["event"]): Entry =>
  ({
    kind: "event",
    guestRef: null,
    event,
    response: text === undefined ? null : { body: { text } },
  }) as Entry;

it("finds the browser in the event and the event's reference in the answer", () => {
  expect(guestOfEntry(entry('{"ref":"e-1"}', { browser_id: "b-1", email: "a@x.example" }))).toEqual({
    ...{ browserId: "b-1", eventRef: "e-1", guestRef: null, email: "a@x.example" },
  });
});

it("finds nothing in what is no answer of a sandbox", () => {
  for (const text of [undefined, "", "<html>", "null", "[]", '{"ref":7}'])
    expect(guestOfEntry(entry(text, null))).toMatchObject({ browserId: null, eventRef: null });
});
