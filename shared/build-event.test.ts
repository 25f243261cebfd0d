import fc from "fast-check";
import { expect, test } from "vitest";
import { buildEvent, inheritedFields, suppliedNames, type BuildInput } from "./build-event";
import type { JsonObject } from "./model/json";

const input = (changes: Partial<BuildInput>): BuildInput => ({
  environment: { channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN" },
  catalog: "spec",
  messageType: "VIEW",
  event: {},
  guest: { browserId: "browser-1", sessionId: "session-1" },
  ...changes,
});

const build = (changes: Partial<BuildInput>): JsonObject => buildEvent(input(changes)).event;

test("an empty event gets all that environment, message type and guest context supply", () => {
  const { event, origins } = buildEvent(input({}));
  expect(event).toEqual({
    type: "VIEW",
    channel: "WEB",
    pos: "bellhop",
    currency: "EUR",
    language: "EN",
    browser_id: "browser-1",
    session_id: "session-1",
  });
  expect({ ...origins }).toEqual({
    type: "message type",
    channel: "environment",
    pos: "environment",
    currency: "environment",
    language: "environment",
    browser_id: "guest",
    session_id: "guest",
  });
});

test("later layers win: environment, defaults, browser, the event as written", () => {
  const layers = {
    environment: { channel: "a", pos: "a", currency: "a", language: "a" },
    defaults: { pos: "b", currency: "b", language: "b", browser_id: "b" },
    browserFields: { currency: "c", language: "c", session_id: "c" },
    event: { language: "d" },
  };
  const { event, origins } = buildEvent(input(layers));
  expect(event).toMatchObject({
    channel: "a",
    pos: "b",
    currency: "c",
    language: "d",
    browser_id: "b",
    session_id: "c",
  });
  expect({ ...origins }).toEqual({
    type: "message type",
    channel: "environment",
    pos: "defaults",
    currency: "browser",
    language: "event",
    browser_id: "defaults",
    session_id: "browser",
  });
});

test("null leaves a top-level field out, and nothing fills it; inside a field it stays", () => {
  const event = build({ event: { type: null, browser_id: null, pos: null, ext: { note: null } } });
  expect(event).toEqual({
    ext: { note: null },
    channel: "WEB",
    currency: "EUR",
    language: "EN",
    session_id: "session-1",
  });
  expect(build({ defaults: { pos: null, browser_id: null } })).not.toHaveProperty("pos");
  expect(build({ defaults: { pos: null }, event: { pos: "kiosk" } })).toHaveProperty("pos", "kiosk");
});

test.each([
  ["VIEW", "VIEW"],
  ["shop:WISHLIST_ADD", "shop:WISHLIST_ADD"],
  ["CUSTOM", undefined],
  [undefined, undefined],
])("the message type %s gives the type %s", (messageType, type) => {
  expect(build({ messageType })["type"]).toBe(type);
  expect(build({ messageType, event: { type: "mine" } })["type"]).toBe("mine");
});

test("a session id is filled in for the spec catalog only, and one that is written is always kept", () => {
  expect(build({ catalog: "sitecore" })).not.toHaveProperty("session_id");
  expect(build({ catalog: "sitecore", event: { session_id: "mine" } })).toHaveProperty("session_id", "mine");
});

test("what environment and guest context do not have is not invented", () => {
  const guest = { browserId: "", sessionId: "" };
  expect(build({ environment: { pos: "" }, guest })).toEqual({ type: "VIEW" });
});

test("an empty text in the event is what somebody wrote", () => {
  expect(build({ event: { pos: "", browser_id: "" } })).toMatchObject({ pos: "", browser_id: "" });
});

test("the type comes first, then the event's own fields in their order, then what is inherited", () => {
  const event = build({ event: { page: "https://shop.example/", currency: "USD", ext: {}, type: "VIEW" } });
  expect(Object.keys(event)).toEqual([
    "type",
    "page",
    "currency",
    "ext",
    "channel",
    "pos",
    "language",
    "browser_id",
    "session_id",
  ]);
});

test("fields named like an object's own are fields and nothing more", () => {
  const event = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":null}') as JsonObject;
  const built = buildEvent(input({ event, defaults: JSON.parse('{"__proto__":"default"}') as JsonObject }));
  expect(Object.getPrototypeOf(built.event)).toBe(Object.prototype);
  expect(JSON.stringify(built.event)).toContain('"__proto__":{"polluted":true},"constructor":1');
  expect(Object.hasOwn(built.event, "toString")).toBe(false);
  expect(built.origins["constructor"]).toBe("event");
  expect(built.origins["toString"]).toBeUndefined();
  expect(built.origins["__proto__"]).toBe("event");
  expect("polluted" in {}).toBe(false);
});

const layer = fc.dictionary(
  fc.oneof(fc.constantFrom("type", "pos", "browser_id"), fc.string()),
  fc.jsonValue(),
);

test("every written field that is not null stands in the event, and every field has its origin", () => {
  fc.assert(
    fc.property(layer, layer, layer, (defaults, browserFields, written) => {
      const event = written as JsonObject;
      const before = JSON.stringify(event);
      const built = buildEvent(
        input({ defaults: defaults as JsonObject, browserFields: browserFields as JsonObject, event }),
      );
      expect(JSON.stringify(event)).toBe(before);
      expect(Object.keys(built.origins).sort()).toEqual(Object.keys(built.event).sort());
      for (const [name, value] of Object.entries(event)) {
        if (value === null) expect(Object.hasOwn(built.event, name)).toBe(false);
        else expect(built.event[name]).toBe(value);
      }
    }),
  );
});

test("building what was built changes nothing", () => {
  fc.assert(
    fc.property(layer, (written) => {
      const once = build({ event: written as JsonObject });
      // A field that was left out by null would be filled again; a built event has none.
      const nulls = Object.fromEntries(Object.entries(written).filter(([, value]) => value === null));
      expect(JSON.stringify(build({ event: { ...once, ...(nulls as JsonObject) } }))).toBe(
        JSON.stringify(once),
      );
    }),
  );
});

test("what an event inherits is listed with where it comes from and whether it is overridden", () => {
  const fields = inheritedFields(
    input({ defaults: { currency: "GBP" }, event: { pos: "kiosk", language: null, page: "home" } }),
  );
  expect(fields).toEqual([
    { name: "channel", value: "WEB", origin: "environment", state: "inherited" },
    { name: "pos", value: "bellhop", origin: "environment", state: "overridden" },
    { name: "currency", value: "GBP", origin: "defaults", state: "inherited" },
    { name: "language", value: "EN", origin: "environment", state: "left out" },
    { name: "browser_id", value: "browser-1", origin: "guest", state: "inherited" },
    { name: "session_id", value: "session-1", origin: "guest", state: "inherited" },
  ]);
});

test("an environment supplies what it has a value for, and the guest its ids, of which only the spec catalog has both", () => {
  const environment = { channel: "WEB", pos: "", currency: "EUR" };
  expect(suppliedNames({ ...environment, catalog: "spec" })).toEqual([
    "channel",
    "currency",
    "browser_id",
    "session_id",
  ]);
  expect(suppliedNames({ ...environment, catalog: "sitecore" })).not.toContain("session_id");
});
