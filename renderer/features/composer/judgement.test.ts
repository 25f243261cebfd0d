import { describe, expect, test } from "vitest";
import { messageTypes } from "../../../shared/catalog/catalog";
import type { EnvironmentView } from "../../../shared/model/environment";
import { idToCome, type GuestContext } from "../../../shared/model/guest";
import { prettyJson } from "../../editor";
import { freeName } from "./draft-names";
import { countMarks, glyphOf, judgeDraft } from "./judgement";
import { verdictSentence } from "./verdict-sentence";

const sandbox: EnvironmentView = {
  name: "sandbox",
  colour: "blue",
  baseUrl: "http://127.0.0.1:4680",
  transport: "spec",
  catalog: "spec",
  channel: "WEB",
  pos: "bellhop",
  currency: "EUR",
  language: "EN",
  production: false,
  vars: {},
  builtIn: true,
  sandbox: true,
  credential: { state: "public" },
  consented: false,
};
const tenant: EnvironmentView = { ...sandbox, name: "staging-eu", sandbox: false, builtIn: false };
const guest: GuestContext = {
  environment: "sandbox",
  browserId: "b-1",
  sessionId: "s-1",
  guestRef: "g-1",
  typed: false,
  since: "2026-11-23T10:00:00.000Z",
};
const running = {
  state: "running" as const,
  url: "http://127.0.0.1:4680",
  port: 4680,
  elsewhere: false,
  pointsOfSale: ["bellhop", "kiosk"],
  strict: false,
};

const identity = (text: string, environment = sandbox, context: GuestContext | null = guest) =>
  judgeDraft({ text, messageType: "IDENTITY" }, environment, context);

describe("the judgement of a draft", () => {
  test.each(["spec", "sitecore"] as const)(
    "finds every example of the %s catalog free of mistakes",
    (catalog) => {
      for (const { name, example } of messageTypes(catalog)) {
        const judgement = judgeDraft(
          { text: prettyJson(example), messageType: name },
          { ...sandbox, catalog },
          guest,
        );
        expect(judgement.state).toBe("judged");
        expect(countMarks(judgement.marks)).toMatchObject({ error: 0, warning: 0 });
        expect(glyphOf(judgement)).toBe("valid");
      }
    },
  );

  test("builds the event with what environment and guest supply, and tells what is inherited", () => {
    const judgement = identity('{ "email": "ada@example.com", "pos": "kiosk" }');
    if (judgement.state !== "judged") throw new Error("It is an event.");
    expect(judgement.built.event).toMatchObject({ type: "IDENTITY", pos: "kiosk", browser_id: "b-1" });
    expect(judgement.inherited.find(({ name }) => name === "pos")).toMatchObject({ state: "overridden" });
    expect(judgement.inherited.find(({ name }) => name === "session_id")).toMatchObject({
      state: "inherited",
      origin: "guest",
    });
  });

  test("does not miss the ids that the first send will make", () => {
    const judgement = identity('{ "email": "ada@example.com" }', sandbox, null);
    if (judgement.state !== "judged") throw new Error("It is an event.");
    expect(judgement.verdict.schema).toBe("valid");
    expect(judgement.inherited.find(({ name }) => name === "browser_id")?.value).toBe(idToCome);
  });

  test("has the warnings of the text after the issues of the verdict", () => {
    const judgement = identity('{ "email": "no", "gender": "Male", "gender": "Female" }');
    expect(judgement.marks[0]).toMatchObject({ code: "invalid-email", severity: "error" });
    expect(judgement.marks.at(-1)).toMatchObject({ code: "repeated-field", path: null });
    expect(glyphOf(judgement)).toBe("error");
  });
});

describe("the sentence below the editor", () => {
  const sentence = (text: string, environment = sandbox, status: typeof running | null = running) =>
    verdictSentence(text, identity(text, environment), environment, status);
  const good =
    '{ "email": "ada@example.com", "identifiers": [{ "provider": "email", "id": "ada@example.com" }] }';

  test("says that an event fits its catalog", () => {
    expect(sentence(good)).toEqual({ tone: "ok", glyph: "valid", text: "Valid in the spec catalog" });
  });

  test("says where text is no JSON, and why", () => {
    expect(sentence('{\n  "email": }').text).toBe("Line 2, column 12: A value is expected here.");
    expect(sentence("  ").text).toBe("There is nothing to send yet");
  });

  test("says that the sandbox takes an invalid event and fails it", () => {
    expect(sentence("{}")).toMatchObject({
      tone: "bad",
      text: "The sandbox would answer 201 and end this event as failed",
    });
  });

  test("says that a strict sandbox refuses it", () => {
    expect(verdictSentence("{}", identity("{}"), sandbox, { ...running, strict: true }).text).toContain(
      "400",
    );
  });

  test("says that an event without browser id is refused", () => {
    expect(sentence('{ "email": "ada@example.com", "browser_id": null }').text).toBe(
      "The sandbox would answer 400: browser_id is missing",
    );
  });

  test("says that an unknown point of sale is answered and dropped", () => {
    expect(sentence(good.replace("{", '{ "pos": "bellhop-eu",'))).toMatchObject({
      tone: "warn",
      glyph: "dropped",
      text: "The sandbox would answer 201 and drop this event: it knows no point of sale bellhop-eu",
    });
  });

  test("never presents what a tenant does as certain", () => {
    expect(sentence("{}", tenant, null).text).toBe(
      "1 error by the spec catalog; what staging-eu does with it is unverified",
    );
  });

  test("does not call valid what no schema has checked", () => {
    const environment = { ...sandbox, catalog: "sitecore" as const };
    expect(sentence(good, environment)).toMatchObject({ tone: "quiet", glyph: "info" });
  });
});

test("a new draft has a name of its own", () => {
  expect(freeName("Page view", [])).toBe("Page view");
  expect(freeName("Page view", ["Page view", "Page view 2"])).toBe("Page view 3");
});
