import { expect, it } from "vitest";
import { commands, type CommandName } from "../../shared/contract/commands";
import { AppError } from "../../shared/contract/errors";
import { createDispatcher, type Handlers } from "./dispatcher";

/** Every command answers with its name and what it was given, but for what is given here. */
const dispatcher = (changes: Partial<Handlers> = {}) => {
  const problems: string[] = [];
  const handlers: Record<string, unknown> = {};
  for (const name of Object.keys(commands)) handlers[name] = async (input: unknown) => ({ name, input });
  const call = createDispatcher({ ...handlers, ...changes } as Handlers, (problem) => problems.push(problem));
  /** As a channel does: whatever came, of any type. */
  const callAnything = (command: unknown, input: unknown) => call(command as CommandName, input);
  return { call: callAnything, problems };
};

it("gives a checked input to the handler and its value back", async () => {
  const input = { key: "panes", value: { left: 240 } };
  expect(await dispatcher().call("layout.set", input)).toEqual({
    ok: true,
    value: { name: "layout.set", input },
  });
});

it.each([
  "log.nothing",
  "",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "LOG.QUERY",
  null,
  undefined,
  42,
  {},
  ["log.facets"],
  { toString: () => "log.facets" },
])("answers UNKNOWN_COMMAND to %j", async (name) => {
  const { call, problems } = dispatcher();
  const answer = await call(name, {});
  expect(answer).toMatchObject({ ok: false, error: { code: "UNKNOWN_COMMAND" } });
  expect(problems).toEqual([]);
});

it("survives a name that cannot even be written", async () => {
  const hostile = Object.create(null) as unknown;
  expect(await dispatcher().call(hostile, {})).toMatchObject({
    ok: false,
    error: { code: "UNKNOWN_COMMAND" },
  });
});

it.each([
  ["log.query", {}, "/limit"],
  ["log.query", { limit: 0 }, "/limit"],
  ["log.query", { limit: 10, filter: { statuses: ["2xx", "6xx"] } }, "/filter/statuses/1"],
  ["log.detail", { id: "a/../b" }, "/id"],
  ["log.detail", { id: "a", more: true }, "/more"],
  ["log.facets", null, ""],
  ["log.facets", "text", ""],
  ["settings.set", { theme: "pink" }, "/theme"],
  ["settings.set", JSON.parse('{"__proto__":{"theme":"dark"}}'), undefined],
  ["environments.select", { name: "../etc" }, "/name"],
  [
    "sender.send",
    { environment: "sandbox", event: [], source: { kind: "cli" }, allowInvalid: false },
    "/event",
  ],
])("refuses a wrong input of %s and points at the field", async (command, input, field) => {
  const answer = await dispatcher().call(command, input);
  if (field === undefined) {
    // A prototype in disguise is either refused or without effect.
    expect(JSON.stringify(answer)).not.toContain('"theme":"dark"');
    return;
  }
  expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT", field } });
});

it("takes long lists, and refuses nesting that would overflow the stack", async () => {
  const { call } = dispatcher();
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
  expect(await call("layout.set", { key: "a", value: deep })).toMatchObject({
    error: { code: "INVALID_INPUT", field: "/value" },
  });
  const long = Array.from({ length: 500_000 }, () => 0);
  expect(await call("layout.set", { key: "a", value: long })).toMatchObject({ ok: true });
});

it("writes slashes and tildes of a key as JSON Pointer has them", async () => {
  expect(await dispatcher().call("log.facets", { "a/b~c": 1 })).toMatchObject({
    error: { field: "/a~1b~0c" },
  });
});

it("passes an expected error on with its hint and field", async () => {
  const error = { code: "NOT_FOUND", message: "Not here.", hint: "Look there.", field: "/id" } as const;
  const { call, problems } = dispatcher({
    "log.detail": async () => {
      throw new AppError(error);
    },
  });
  expect(await call("log.detail", { id: "a" })).toEqual({ ok: false, error });
  expect(problems).toEqual([]);
});

it.each([new TypeError("secret-path /home/ada"), "secret-path", undefined, Object.create(null)])(
  "hides the details of a failure of its own, and reports it",
  async (thrown: unknown) => {
    const { call, problems } = dispatcher({
      "log.facets": async () => {
        throw thrown;
      },
    });
    const answer = await call("log.facets", {});
    expect(answer).toMatchObject({ ok: false, error: { code: "INTERNAL" } });
    expect(JSON.stringify(answer)).not.toContain("secret-path");
    expect(problems).toHaveLength(1);
  },
);
