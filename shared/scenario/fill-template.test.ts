import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../model/json";
import { fakerMethods } from "./faker-methods";
import {
  fillTemplates,
  fillWhen,
  isFalse,
  prepareTemplates,
  templatesIn,
  TemplateError,
} from "./fill-template";
import { lookIn } from "./look-up";
import { createRandom } from "./random";
import type { TemplateContext } from "./template-context";

const noon = Date.parse("2026-11-25T12:00:00.000Z");

const contextOf = (vars: Record<string, JsonValue> = {}, stream = "1"): TemplateContext => ({
  look: lookIn({
    captures: { identityRef: "ref-1", both: "captured" },
    vars: { both: "var", ...vars },
    row: { sku: "TEE", "address.city": "Vienna", __proto__: null },
    env: { tenant: "T1" },
    steps: { land: { response: { status: 201, headers: { via: "x" }, body: { items: [{ id: 5 }] } } } },
    browserId: "browser",
    sessionId: "session",
  }),
  random: createRandom("seed", 1, stream),
  now: noon,
});

const fill = (value: JsonValue, vars?: Record<string, JsonValue>): JsonValue =>
  fillTemplates(value, contextOf(vars));

const errorOf = (value: JsonValue): TemplateError => {
  try {
    fill(value);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error("It was filled.");
};

describe("a template that is a path", () => {
  it.each([
    ["{{ identityRef }}", "ref-1"],
    ["{{both}}", "captured"],
    ["{{ row.sku }}", "TEE"],
    ["{{ row.address.city }}", "Vienna"],
    ["{{ env.tenant }}", "T1"],
    ["{{ steps.land.response.body.items.0.id }}", 5],
    ["{{ steps.land.response.status }}", 201],
    ["{{ browser_id }} {{ session_id }}", "browser session"],
  ])("%s gives %j", (text, value) => {
    expect(fill(text)).toEqual(value);
  });

  it.each<[JsonValue]>([[3], [true], [null], [["a", 1]], [{ a: { b: 2 } }], ["text"]])(
    "keeps the type of %j where it stands alone, at any depth",
    (value) => {
      expect(fill({ deep: [{ it: "{{ it }}" }] }, { it: value })).toEqual({ deep: [{ it: value }] });
    },
  );

  it.each<[JsonValue, string]>([
    [3, "-3-"],
    [false, "-false-"],
    [null, "--"],
    [{ a: 1 }, '-{"a":1}-'],
    ["x", "-x-"],
  ])("becomes text inside a longer text: %j gives %s", (value, text) => {
    expect(fill("-{{ it }}-", { it: value })).toBe(text);
  });

  it.each([
    "{{ constructor }}",
    "{{ both.length }}",
    "{{ row.__proto__ }}",
    "{{ row.toString }}",
    "{{ env.valueOf }}",
  ])("%s finds nothing, because only own properties count", (text) => {
    expect(errorOf(text).message).toContain("There is no");
  });

  it("that is nobody's says which, and where in the value", () => {
    const error = errorOf({ product: [{ "a/b": "x {{ custmer }}" }] });
    expect(error).toMatchObject({ expression: "custmer", pointer: "/product/0/a~1b" });
    expect(error.message).toBe("There is no custmer here.");
  });

  it.each([
    "{{ a + b }}",
    "{{ f(x) }}",
    "{{ a[0] }}",
    "{{ }}",
    "{{ a",
    "{{ a..b }}",
    "{{ 'a' }}",
    "{{ a | b }}",
  ])("%s is no code: it is refused", (text) => {
    expect(() => fill(text, { a: 1, b: 2 })).toThrow(TemplateError);
  });

  it("leaves keys and texts without braces as they are, and changes nothing that it was given", () => {
    const value = Object.freeze({
      "{{ both }}": Object.freeze(["{ both }", "}}", "$uuid"]),
    }) as unknown as JsonValue;
    expect(fill(value)).toEqual({ "{{ both }}": ["{ both }", "}}", "$uuid"] });
  });

  it("fills a value without templates with itself", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes("{{"));
        expect(JSON.stringify(fill(value as JsonValue))).toBe(JSON.stringify(value));
      }),
    );
  });

  it("takes what was filled for a value, not for a template again", () => {
    expect(fill("{{ it }}", { it: "{{ both }}" })).toBe("{{ both }}");
  });
});

describe("the generator", () => {
  it.each<[string, RegExp]>([
    ["$uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ["$email", /^[a-z]+\.[0-9a-f]{12}@example\.com$/],
    ["$phone", /^(\+1\d{3}55501\d\d|\+447700900\d{3})$/],
    ["$now", /^2026-11-25T12:00:00\.000Z$/],
    ["$now-3d", /^2026-11-22T12:00:00\.000Z$/],
    ["$now + 90m", /^2026-11-25T13:30:00\.000Z$/],
    ["$isoDate", /^2026-11-25$/],
    ["$isoDate+1d", /^2026-11-26$/],
    ["$minute", /^2026-11-25T12:00$/],
    ["$minute-61s", /^2026-11-25T11:58$/],
    ["$pick(red,green)", /^(red|green)$/],
    ['$pick("a, b", "a, b")', /^a, b$/],
    ["$faker.person.firstName", /^\p{L}/u],
    ["$faker.date.past", /^202[56]-\d\d-\d\dT.*Z$/],
  ])("%s makes what its name says", async (expression, pattern) => {
    const template = `{{ ${expression} }}`;
    await prepareTemplates(template);
    for (let stream = 0; stream < 50; stream++) {
      expect(fillTemplates(template, contextOf({}, String(stream)))).toMatch(pattern);
    }
  });

  it("$int gives every whole number of its range and no other", () => {
    const { random, ...rest } = contextOf();
    const seen = new Set(
      Array.from({ length: 500 }, () => fillTemplates("{{ $int(-1,2) }}", { random, ...rest })),
    );
    expect([...seen].sort()).toEqual([-1, 0, 1, 2]);
  });

  it("$pick keeps numbers, true and null, and texts in quotes", () => {
    const { random, ...rest } = contextOf();
    const template = '{{ $pick(1, true, null, "2", x y) }}';
    const seen = new Set(Array.from({ length: 200 }, () => fillTemplates(template, { random, ...rest })));
    expect(seen).toEqual(new Set([1, true, null, "2", "x y"]));
  });

  it.each([
    ["$emal", "Did you mean $email?"],
    ["$int(6,1)", "the smaller one first"],
    ["$int(1)", "two whole numbers"],
    ["$int(1.5,2)", "two whole numbers"],
    ["$pick()", "$pick(a,b,c)"],
    ["$now-3x", "A duration is a number"],
    ["$now(3)", "Write $now alone"],
    ["$uuid-3d", "Write $uuid alone"],
    ["$faker.person.firstNme", "Did you mean $faker.person.firstName?"],
    ["$faker.internet.email", "Use $email"],
    ["$faker.phone.number", "Use $phone"],
    ["$faker.helpers.fake", "left out"],
    ["$faker.constructor", "left out"],
    ["$nothing", "There are $uuid"],
  ])("%s is no generator, and the error knows the way out", (expression, hint) => {
    expect(errorOf(`{{ ${expression} }}`).hint).toContain(hint);
  });

  it("$faker has only methods that work without arguments and make no address but RFC 2606's", async () => {
    const all = fakerMethods.map((method) => `{{ $faker.${method} }}`);
    await prepareTemplates(all);
    for (let stream = 0; stream < 100; stream++) {
      for (const value of fillTemplates(all, contextOf({}, String(stream))) as JsonValue[]) {
        expect(["string", "number", "boolean"]).toContain(typeof value);
        const [domain] = /(?<=@)[\w.-]+\.[a-z]+/i.exec(String(value)) ?? ["example.com"];
        expect(domain).toMatch(/^example\.(com|net|org)$/);
        expect(String(value)).not.toMatch(/^https?:/);
      }
    }
  });

  it("gives the same for the same stream, clock and text, faker included", async () => {
    const value = ["{{ $uuid }}", "{{ $email }}", "{{ $faker.person.fullName }} {{ $faker.date.soon }}"];
    await prepareTemplates(value);
    expect(fillTemplates(value, contextOf())).toEqual(fillTemplates(value, contextOf()));
    expect(fillTemplates(value, contextOf())).not.toEqual(fillTemplates(value, contextOf({}, "2")));
  });
});

describe("looking for templates", () => {
  it("finds each with its place, what it is, and whether it stands alone", () => {
    const uses = templatesIn({ a: ["{{ email }}", "x {{ $uuid }} {{ 1 + }}"] });
    expect(
      uses.map(({ pointer, text, alone, expression }) => [pointer, text, alone, expression.kind]),
    ).toEqual([
      ["/a/0", "email", true, "path"],
      ["/a/1", "$uuid", false, "generator"],
      ["/a/1", "1 +", false, "broken"],
    ]);
  });

  it("takes a text of a megabyte of braces in good time", () => {
    expect(templatesIn("{{".repeat(500_000)).length).toBeLessThan(3);
    expect(templatesIn("{{}}".repeat(20_000))).toHaveLength(20_000);
  });
});

describe("when", () => {
  it.each<[JsonValue | undefined, boolean]>([
    [false, true],
    [0, true],
    ["", true],
    [null, true],
    [undefined, true],
    [true, false],
    [1, false],
    ["0", false],
    [[], false],
    [{}, false],
  ])("takes %j for false: %s", (value, expected) => {
    expect(isFalse(value)).toBe(expected);
  });

  it("skips a step whose name is missing, and plays one without it", () => {
    expect(fillWhen("{{ row.nothing }}", contextOf())).toBe(false);
    expect(fillWhen("{{ row.sku }}", contextOf())).toBe(true);
    expect(fillWhen("{{ it }}", contextOf({ it: 0 }))).toBe(false);
    expect(fillWhen(false, contextOf())).toBe(false);
    expect(fillWhen(undefined, contextOf())).toBe(true);
    expect(() => fillWhen("{{ 1 + }}", contextOf())).toThrow(TemplateError);
  });
});
