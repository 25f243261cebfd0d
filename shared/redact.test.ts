import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "./model/json";
import { createRedactor } from "./redact";

const key = 'c4n4ry/kéy"+x';
const token = "t0ken-&=%~ 'abc";
const known = [
  { text: key, label: "***(matches eu)" },
  { text: token, label: "***(matches eu)" },
];
const redactor = createRedactor({
  known,
  labelOf: (text) =>
    text === "sandbox" ? null : text === "own-short" ? "***(matches us)" : "***(unknown, a1b2c3)",
});

const utf8 = (text: string): string => Buffer.from(text).toString("latin1");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("by value", () => {
  const forms: Record<string, (secret: string) => string> = {
    raw: (secret) => secret,
    "JSON-escaped": (secret) => JSON.stringify(secret),
    "JSON-escaped twice": (secret) => JSON.stringify(JSON.stringify(secret)),
    "JSON with escaped slashes": (secret) => JSON.stringify(secret).replaceAll("/", "\\/"),
    "JSON in ASCII": (secret) => JSON.stringify(secret).replace(/é/g, "\\u00e9"),
    "URL-encoded": encodeURIComponent,
    "URL-encoded in lower case": (secret) =>
      encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    "form-encoded": (secret) => new URLSearchParams({ a: secret }).toString(),
    "JSON in an address": (secret) => encodeURIComponent(JSON.stringify({ a: secret })),
    "base64 of its own": base64,
    "base64 one byte in": (secret) => base64(`x${secret}yy`),
    "base64 two bytes in": (secret) => base64(`xx${secret}y`),
    "base64 three bytes in": (secret) => base64(`xxx${secret}`),
    "base64 for addresses": (secret) => Buffer.from(`${secret}~~`).toString("base64url"),
    "base64 in an address": (secret) => encodeURIComponent(base64(`u:${secret}`)),
  };

  it.each(Object.entries(forms))("%s", (_name, form) => {
    for (const secret of [key, token]) {
      const redacted = redactor.text(`before ${form(secret)} after`);
      expect(redacted).toContain("***(matches eu)");
      expect(redacted).toMatch(/^before .*after$/);
      expect(redacted).not.toContain(form(secret));
      expect(Buffer.from(redacted, "base64").toString()).not.toContain(secret);
    }
  });

  it("finds a key of digits that stands as a number, and leaves other numbers as they are", () => {
    const digits = createRedactor({
      known: [{ text: "4711081547", label: "***(matches eu)" }],
      labelOf: () => null,
    });
    expect(digits.json({ ext: { loyalty: 4711081547, points: [12.5, 0] } })).toEqual({
      ext: { loyalty: "***(matches eu)", points: [12.5, 0] },
    });
  });

  it("reaches addresses, header names, event names and values, messages, status texts and bytes", () => {
    const url = `https://a.example/${encodeURIComponent(key)}`;
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(key), Buffer.from([0xff])]);
    const body = { base64: bytes.toString("base64"), size: bytes.length, truncated: false };
    const output = JSON.stringify([
      redactor.request({
        method: "GET",
        url,
        headers: { [utf8(key)]: token },
        body: { text: key, size: 1, truncated: false },
      }),
      redactor.response({ status: 200, statusText: token, headers: { "x-echo": utf8(key) }, body: null }),
      redactor.json({ [key]: [{ deep: token }] }),
      redactor.error({ code: "DNS", message: `no ${key}`, hint: token }),
      redactor.issue({
        severity: "error",
        code: "x",
        path: `/${key}`,
        message: token,
        hint: key,
        catalog: "spec",
      }),
    ]);
    for (const secret of [key, token]) {
      expect(output).not.toContain(JSON.stringify(secret).slice(1, -1));
      expect(output).not.toContain(encodeURIComponent(secret));
    }
    const clean = Buffer.from(redactor.body(body).base64 ?? "", "base64");
    expect(clean.includes(Buffer.from(key))).toBe(false);
    expect(clean.toString("latin1")).toBe("\xff\xfe***(matches eu)\xff");
  });

  it("leaves texts under eight characters alone, which occur by chance", () => {
    const short = createRedactor({ known: [{ text: "bellhop", label: "***" }], labelOf: () => null });
    expect(short.text("the bellhop rings")).toBe("the bellhop rings");
  });

  it("masks the longer of two secrets that begin alike", () => {
    const alike = createRedactor({
      known: [
        { text: "abcdefgh", label: "***(matches a)" },
        { text: "abcdefghijkl", label: "***(matches b)" },
      ],
      labelOf: () => null,
    });
    expect(alike.text("abcdefghijkl abcdefgh")).toBe("***(matches b) ***(matches a)");
  });

  it("masks a secret that the cut of a body has halved", () => {
    const text = `{"echo":"${token.slice(0, 9)}`;
    expect(redactor.body({ text, size: 99, truncated: true }).text).toBe('{"echo":"***(matches eu)');
  });

  it("keeps JSON valid whatever stands around a secret", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom(key, token, "nabcdefg", "u00e9abcd"),
        (left, right, secret) => {
          const rules = { known: [{ text: secret, label: "***(matches eu)" }], labelOf: () => "***" };
          const text = JSON.stringify({
            [left]: left + secret + right,
            client_key: left,
            b: [secret, right],
          });
          const redacted = createRedactor(rules).text(text);
          expect(() => JSON.parse(redacted) as unknown).not.toThrow();
          expect(redacted).not.toContain(JSON.stringify(secret).slice(1, -1));
        },
      ),
    );
  });
});

describe("by field", () => {
  it.each([
    ['{"client_key":"abc","a":1}', '{"client_key":"***(unknown, a1b2c3)","a":1}'],
    ['{ "clientKey" : "a\\"b\\\\" , "b": "c" }', '{ "clientKey" : "***(unknown, a1b2c3)" , "b": "c" }'],
    ['{"api_token":12345,"x":2}', '{"api_token":"***(unknown, a1b2c3)","x":2}'],
    ['{"api_token":null,"client_key":""}', '{"api_token":null,"client_key":""}'],
    ['{"client_key":"own-short"}', '{"client_key":"***(matches us)"}'],
    ['{"client_key":"sandbox"}', '{"client_key":"sandbox"}'],
    [
      '{"message":"{\\"client_key\\":\\"abc\\",\\"a\\":1}"}',
      '{"message":"{\\"client_key\\":\\"***(unknown, a1b2c3)\\",\\"a\\":1}"}',
    ],
    ['{"authorization":"Basic YTpi"}', '{"authorization":"***(unknown, a1b2c3)"}'],
    ['{"client_key":"cut off', '{"client_key":"***(unknown, a1b2c3)'],
    [
      "https://h/p?client_key=abc&message=%7B%7D",
      "https://h/p?client_key=***(unknown, a1b2c3)&message=%7B%7D",
    ],
    ["/p?client_key=sandbox", "/p?client_key=sandbox"],
    ["/p?a=1&api_token=abc#x", "/p?a=1&api_token=***(unknown, a1b2c3)#x"],
    [
      "/r?to=%2Fp%3Fa%3D1%26client_key%3Dabc%26b%3D2",
      "/r?to=%2Fp%3Fa%3D1%26client_key%3D***(unknown, a1b2c3)%26b%3D2",
    ],
    [
      "/e?message=%7B%22client_key%22%3A%22abc%22%7D",
      "/e?message=%7B%22client_key%22%3A%22***(unknown, a1b2c3)%22%7D",
    ],
    [
      "POST / HTTP/1.1\nAuthorization: Basic YTpi\n",
      "POST / HTTP/1.1\nAuthorization: ***(unknown, a1b2c3)\n",
    ],
    ["my_client_key=abc", "my_client_key=abc"],
    ["The client_key is missing.", "The client_key is missing."],
  ])("%s", (text, redacted) => {
    expect(redactor.text(text)).toBe(redacted);
    expect(redactor.text(redacted)).toBe(redacted);
  });

  it("in headers, where cookies go too", () => {
    const headers = {
      Authorization: "Basic YTpi",
      cookie: "a=b",
      "set-cookie": "c=d; Path=/",
      accept: "*/*",
    };
    expect(redactor.headers(headers)).toEqual({
      Authorization: "***(unknown, a1b2c3)",
      cookie: "***",
      "set-cookie": "***",
      accept: "*/*",
    });
  });

  it("in events of any depth, with the public key left readable", () => {
    const event = JSON.parse(
      '{"client_key":"sandbox","ext":[{"apiToken":"abc"}],"__proto__":{"client_key":7}}',
    ) as JsonObject;
    expect(JSON.stringify(redactor.json(event))).toBe(
      '{"client_key":"sandbox","ext":[{"apiToken":"***(unknown, a1b2c3)"}],' +
        '"__proto__":{"client_key":"***(unknown, a1b2c3)"}}',
    );
  });
});

describe("hostile texts", () => {
  it.each([
    ["backslashes", "\\".repeat(2_000_000)],
    ["unfinished fields", '\\"client_key\\":\\"'.repeat(100_000)],
    ["labels that are none", '"client_key":"***'.repeat(100_000)],
    ["encoded quotes", "%22client_key%22%20".repeat(100_000)],
    ["white space", `"client_key"${" ".repeat(2_000_000)}`],
  ])("of %s take no time to speak of", (_name, text) => {
    expect(redactor.text(text).length).toBeGreaterThan(0);
  });

  it("a body of 10 MB is searched whole", () => {
    const text = `${"lorem ipsum ".repeat(800_000)}${key}`;
    expect(redactor.text(text).endsWith("***(matches eu)")).toBe(true);
  });
});
