import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { toCurl } from "../../../shared/to-curl";
import { shellWords } from "./read-command";
import { mostDrafts, readGiven } from "./read-given";

const drafts = (text: string) => {
  const given = readGiven(text);
  if (given.state === "refused") throw new Error(given.message);
  return given.drafts;
};
const why = (text: string): string => {
  const given = readGiven(text);
  return given.state === "refused" ? given.message : "it was read";
};
const entry = {
  ...{ id: "e-1", direction: "sent", type: "SEARCH", verdict: { schema: "valid" } },
  request: { method: "POST", url: "http://127.0.0.1/", headers: {}, body: null },
  event: { type: "SEARCH", search_term: "key" },
};

describe("a pasted text", () => {
  it("that is one event is a draft of its type, its text as it was written", () => {
    const text = '{ "type":"VIEW",\n\t"page": "https://shop.example/"  }';
    expect(readGiven(text)).toEqual({
      state: "read",
      drafts: [{ name: "Page view", messageType: "VIEW", text }],
      notes: [],
    });
  });

  it("with a type of one's own is named by it", () => {
    expect(drafts('{"type":"LOYALTY_JOINED"}')).toMatchObject([
      { name: "LOYALTY_JOINED", messageType: "CUSTOM" },
    ]);
    expect(drafts('\ufeff{"page":1}')).toMatchObject([{ name: "Event", messageType: "CUSTOM" }]);
  });

  it.each([
    ["a list", '[{"type":"VIEW"},{"type":"ADD"}]'],
    ["lines", '{"type":"VIEW"}\n\n{"type":"ADD"}\n'],
  ])("that is %s of events is a draft of each", (_words, text) => {
    expect(drafts(text).map(({ messageType }) => messageType)).toEqual(["VIEW", "ADD"]);
  });

  it("that is an entry of the log is its event, alone or in lines", () => {
    const text = JSON.stringify(entry);
    for (const [draft] of [drafts(text), drafts(`${text}\n${text}`)]) {
      expect(draft?.messageType).toBe("SEARCH");
      expect(JSON.parse(draft?.text ?? "")).toEqual(entry.event);
    }
  });

  it("leaves a client key out and says so", () => {
    const given = readGiven('{"type":"VIEW","client_key":"top-secret","pos":"shop"}');
    expect(given).toMatchObject({
      state: "read",
      notes: [expect.stringContaining("client key was left out")],
    });
    expect(JSON.stringify(given)).not.toContain("top-secret");
  });

  it("that is the curl command of an entry is its event", () => {
    const event = { type: "VIEW", title: 'It\'s a "hat" $HOME `id` \\ ünï\u0007' };
    const request = {
      ...{
        method: "POST",
        url: "https://api.example/v1.2/events",
        headers: { "content-type": "application/json" },
      },
      body: { text: JSON.stringify(event), size: 1, truncated: false },
    };
    const [draft] = drafts(toCurl({ request }));
    expect(JSON.parse(draft?.text ?? "")).toEqual(event);
  });

  it.each([
    ['curl https://a.example -d \'{"type":"VIEW"}\'', "VIEW"],
    ['curl --json "{\\"type\\":\\"ADD\\"}" https://a.example', "ADD"],
    ['curl \'https://a.example\' --data-raw $\'{"type":"ADD","n":"it\\\'s"}\'', "ADD"],
    ['curl --data=\'{"type":"VIEW"}\' https://a.example', "VIEW"],
    [
      `curl 'https://a.example/v1.2/event/create.json?client_key=k&message=${encodeURIComponent('{"type":"VIEW"}')}'`,
      "VIEW",
    ],
    [`https://a.example/v1.2/event/create.json?message=${encodeURIComponent('{"type":"SEARCH"}')}`, "SEARCH"],
  ])("%s is the event in it", (text, type) => {
    expect(drafts(text)).toMatchObject([{ messageType: type }]);
  });

  it.each([
    ["  \n", "There is nothing in it."],
    ["{ nope }", "Line 1, column 3"],
    ['{\n  "type": "VIEW",\n}', "Line 3, column 1"],
    ["42", "is a single value"],
    ["null", "is a single value"],
    ["{}", "is empty"],
    ["[]", "The list is empty"],
    ["[1, [2]]", "Item 1 is a single value, not an event. Item 2 is a list within a list."],
    [JSON.stringify({ ...entry, event: null, type: "browser/create" }), "without an event (browser/create)"],
    ["https://shop.example/?a=1", "carries no event"],
    ["https://shop.example/?message=%7Bnope", "is not JSON"],
    ["curl 'https://shop.example", "ends within a quote"],
    ["curl -d @event.json https://shop.example", "reads its body from a file"],
    ["curl -d nope https://shop.example", "is not JSON"],
    ["curl --help", "neither a body nor an address"],
    ["hello", "This is not JSON. Line 1, column 1"],
  ])("%j is refused in words", (text, words) => {
    expect(why(text)).toContain(words);
  });

  it("with events among other things makes drafts of those and names the others", () => {
    expect(readGiven('[{"type":"VIEW"}, 7]')).toMatchObject({
      drafts: [{ messageType: "VIEW" }],
      notes: ["Item 2 is a single value, not an event."],
    });
  });

  it("with too many events makes drafts of the first ones and says how many are left out", () => {
    const many = JSON.stringify(Array.from({ length: mostDrafts + 5 }, () => ({ type: "VIEW" })));
    const given = readGiven(many);
    expect(given).toMatchObject({ notes: ["Only the first 100 events are listed; 5 more are left out."] });
    expect(drafts(many)).toHaveLength(mostDrafts);
  });
});

describe("a hostile text", () => {
  it.each([
    ["nested deep", "[".repeat(100_000) + "]".repeat(100_000)],
    ["nested deep and broken", '{"a":'.repeat(200_000)],
    ["an event nested deep", `{"type":"VIEW","ext":${'{"a":'.repeat(2000)}1${"}".repeat(2000)}}`],
    ["too long", `"${"x".repeat(5_000_001)}"`],
  ])("%s is refused and ends nothing", (_words, text) => {
    expect(readGiven(text).state).toBe("refused");
  });

  it("with names of its own for a prototype is an event and nothing more", () => {
    const [draft] = drafts('[{"type":"constructor","__proto__":{"polluted":true},"client_key":"k"}]');
    expect(draft?.text).toContain('"__proto__"');
    expect(draft?.messageType).toBe("CUSTOM");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("of any kind is read or refused, never an error", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `curl ${text}`),
          fc.webUrl({ withQueryParameters: true }),
        ),
        (text) => {
          const given = readGiven(text);
          if (given.state === "refused") expect(given.message).toMatch(/\.$/);
          else for (const draft of given.drafts) expect(typeof JSON.parse(draft.text)).toBe("object");
        },
      ),
    );
  });
});

test("a shell's quoting is undone whatever is quoted", () => {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (words) => {
      expect(shellWords(words.map(quote).join(" \\\n  "))).toEqual(words);
    }),
  );
});
