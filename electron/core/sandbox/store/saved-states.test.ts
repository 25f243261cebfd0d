import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startSandbox, temporaryFolder, type TestSandbox } from "../testing/sandbox-fixture";

/** Everything that can be seen of a sandbox. */
const look = async ({ call, summary, events }: TestSandbox) => {
  const counts = await summary();
  delete counts["revision"];
  const { body } = await call("GET", "/_sandbox/guests?limit=1000");
  const rows = body["items"] as { ref: string }[];
  const guests = await Promise.all(
    rows.map(async ({ ref }) => ({
      profile: (await call("GET", `/_sandbox/guests/${ref}`)).body,
      history: (await call("GET", `/_sandbox/guests/${ref}/history?limit=1000`)).body,
      events: (await call("GET", `/_sandbox/guests/${ref}/events?limit=1000`)).body,
    })),
  );
  return { counts, rows, guests, events: await events("?limit=1000") };
};

/** Two browsers that become one customer, a cart, an order and a failure. */
const live = async (test: TestSandbox): Promise<void> => {
  const { post, browser, view } = test;
  for (const id of [await browser(), await browser()]) {
    await post(view(id));
    await post(view(id, { type: "IDENTITY", email: "ada@lovelace.example", firstname: "Ada" }));
    await post(view(id, { type: "ADD", product: { sku: "TEE-001", price: 20 }, ext: { constructor: true } }));
    await post(view(id, { channel: "TELEPATHY" }));
  }
  await test.summary();
};

const collect = async (pieces: AsyncIterable<string>): Promise<string> => {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
};

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe.each(["memory", "file"])("a snapshot of a state in a %s", (kind) => {
  const start = async () =>
    startSandbox(kind === "file" ? { file: join(await temporaryFolder(), "sandbox.db") } : {});

  it("brings everything back, and the sandbox goes on from there", async () => {
    const test = await start();
    await live(test);
    await test.sandbox.time.advance(3_600_000);
    const before = await look(test);
    const saved = await test.sandbox.states.save("Before the demo: 100%/..\\");
    expect(saved).toMatchObject({ guests: 1, events: 8 });

    await live(test);
    await test.sandbox.time.setReal();
    expect(await look(test)).not.toEqual(before);
    await test.sandbox.states.restore(saved.name);
    expect(await look(test)).toEqual(before);
    expect(test.sandbox.time.offset()).toBe(3_600_000);
    // Of whichever has one: the guest who became the other one has none, and may be listed first.
    const [known] = before.guests.flatMap(({ profile }) => profile["browsers"] as { ref: string }[]);
    expect((await test.post(test.view(String(known?.ref)))).status).toBe(201);
    expect(await test.summary()).toMatchObject({ total: 9, pending: 0 });
  });

  it("is listed, replaced by one of the same name, and removed", async () => {
    const test = await start();
    await test.sandbox.states.save("a");
    await live(test);
    await test.sandbox.states.save("a");
    await test.sandbox.states.save("b");
    const list = await test.sandbox.states.list();
    expect(list.map(({ name, events }) => [name, events]).sort()).toEqual([
      ["a", 8],
      ["b", 8],
    ]);
    await test.sandbox.states.remove("a");
    expect(await test.sandbox.states.list()).toHaveLength(1);
    await expect(test.sandbox.states.restore("a")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(test.sandbox.states.remove("../b")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("an export", () => {
  it("is one JSON document that makes the same state of another sandbox", async () => {
    const one = await startSandbox();
    await live(one);
    await one.sandbox.time.advance(86_400_000);
    const text = await collect(one.sandbox.states.export());
    expect(JSON.parse(text)).toMatchObject({ bellhop: "sandbox-state", version: 1, clockOffset: 86_400_000 });

    const other = await startSandbox();
    await live(other);
    await other.sandbox.states.import(inPieces(JSON.stringify(JSON.parse(text), null, 2), 7));
    expect(await look(other)).toEqual(await look(one));
    expect(other.sandbox.time.offset()).toBe(86_400_000);
    const again = JSON.parse(await collect(other.sandbox.states.export())) as object;
    expect({ ...again, exportedAt: "" }).toEqual({ ...(JSON.parse(text) as object), exportedAt: "" });
  });

  it("of an empty sandbox empties another one", async () => {
    const [one, other] = [await startSandbox(), await startSandbox()];
    await live(other);
    await other.sandbox.states.import(one.sandbox.states.export());
    expect(await other.summary()).toMatchObject({ total: 0, guests: 0, sessions: 0, orders: 0 });
  });
});

type Item = Record<string, unknown>;
type Exported = Record<"browsers" | "events" | "guests" | "history", Item[]> & Item;

const first = (items: Item[]): Item => items[0] ?? {};
const retired = (state: Exported): Item => state.guests.find(({ mergedInto }) => mergedInto) ?? {};

/** Changes what a guest became, and its history with it, so that the one still leads to the other. */
const retire = (state: Exported, edit: { mergedInto?: string; guestType?: string }): void => {
  const guest = retired(state);
  Object.assign(guest, edit);
  for (const step of state.history.filter(({ guestRef }) => guestRef === guest["ref"])) {
    for (const change of step["changes"] as Item[]) {
      const name = String(change["path"]).slice(1);
      if (Object.hasOwn(edit, name)) change["value"] = guest[name];
    }
  }
};

describe("what is no export", () => {
  const change = (edit: (state: Exported) => unknown) => (text: string) => {
    const state = JSON.parse(text) as Exported;
    edit(state);
    return JSON.stringify(state);
  };
  const cases: [string, (text: string) => string, RegExp][] = [
    ["nothing", () => "", /expected/],
    ["no JSON", () => "PK\u0003\u0004", /expected/],
    ["a list", () => "[]", /expected/],
    ["another document", () => "{}", /header/],
    ["one cut short", (text) => text.slice(0, -20), /ends too early|expected|not JSON/],
    ["one with something behind it", (text) => `${text}{}`, /follows its end/],
    ["one of a newer version", change((state) => (state["version"] = 2)), /newer version/],
    ["another program's", change((state) => (state["bellhop"] = "other")), /header/],
    ["one with a list twice", (text) => `${text.trimEnd().slice(0, -1)},"guests":[{}]}`, /twice/],
    [
      "one with an event of nobody's browser",
      change((state) => (state.browsers = [])),
      /guest has a browser/,
    ],
    ["one with an event twice", change((state) => state.events.push({ ...first(state.events) })), /twice/],
    [
      "one with a place that leaves no room behind it",
      change((state) => (first(state.events)["seq"] = Number.MAX_SAFE_INTEGER)),
      /events\[0\], at seq/,
    ],
    [
      "one with a wrong status",
      change((state) => (first(state.events)["status"] = "MAYBE")),
      /events\[0\], at status/,
    ],
    [
      "one with a list for a payload",
      change((state) => (first(state.events)["payload"] = [])),
      /events\[0\], at payload/,
    ],
    [
      "one whose payload names another browser",
      change((state) => (first(state.events)["browserRef"] = "x")),
      /payload names/,
    ],
    [
      "one with a time that cannot be written",
      change((state) => (first(state.events)["createdAt"] = 1e300)),
      /createdAt/,
    ],
    [
      "one with a guest without a type",
      change((state) => delete first(state.guests)["guestType"]),
      /guests\[0\]/,
    ],
    [
      "one with a guest of more than there is",
      change((state) => (first(state.guests)["isAdmin"] = true)),
      /guests\[0\]/,
    ],
    [
      "one with a changed guest",
      change((state) => (first(state.guests)["firstName"] = "Eve")),
      /does not lead to/,
    ],
    ["one without history", change((state) => (state.history = [])), /has no history/],
    ["one with a step left out", change((state) => state.history.splice(1, 1)), /./],
    [
      "one with a step that sets what no profile has",
      change((state) =>
        state.history.splice(1, 0, {
          ...state.history[1],
          changes: [{ op: "add", path: "/__proto__/polluted", value: 1 }],
        }),
      ),
      /./,
    ],
    ["one with a step of another guest", change((state) => (first(state.history)["guestRef"] = "x")), /./],
    ["one whose survivor is not there", change((state) => (retired(state)["mergedInto"] = "x")), /./],
    [
      "one whose guest became itself",
      change((state) => retire(state, { mergedInto: String(retired(state)["ref"]) })),
      /living guest/,
    ],
    [
      "one whose guest became another one and lives",
      change((state) => retire(state, { guestType: "visitor" })),
      /lives all the same/,
    ],
    [
      "one that would apply an event twice",
      change((state) => (first(state.events)["status"] = "PENDING")),
      /already/,
    ],
    [
      "one nested too deeply",
      (text) => text.replace('"payload":{', `"payload":{"x":${"[".repeat(500)}${"]".repeat(500)},`),
      /nested/,
    ],
    [
      "one with an endless number of brackets",
      (text) => text.replace('"payload":{', `"payload":${"[".repeat(100_000)}`),
      /./,
    ],
    ["one with a clock far ahead", change((state) => (state["clockOffset"] = 1e15)), /header/],
  ];

  it("is refused with a reason, and leaves everything as it was", async () => {
    const test = await startSandbox();
    await live(test);
    const text = await collect(test.sandbox.states.export());
    const before = await look(test);
    for (const [name, spoil, reason] of cases) {
      const refusal = await test.sandbox.states.import(inPieces(spoil(text), 1_000)).then(
        () => null,
        (error: unknown) => error,
      );
      expect(refusal, name).toMatchObject({ code: "INVALID_INPUT" });
      expect(String((refusal as Error | null)?.message), name).toMatch(reason);
    }
    expect(await look(test)).toEqual(before);
    expect({}).not.toHaveProperty("polluted");
  });

  it("is one that is larger than the quota", async () => {
    const one = await startSandbox();
    await one.post(one.view(await one.browser(), { ext: { text: "x".repeat(400_000) } }));
    await one.summary();
    const small = await startSandbox({ config: { quota: 300_000 } });
    await expect(small.sandbox.states.import(one.sandbox.states.export())).rejects.toThrow(/quota/);
  });
});
