import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { EntryRequest } from "./model/entry";
import { toCurl } from "./to-curl";

const folder = mkdtempSync(join(tmpdir(), "bellhop-curl-"));
const marker = "\u0001end";
// A curl that prints its arguments, then what it is fed.
writeFileSync(
  join(folder, "curl"),
  `#!/bin/sh\nfor a in "$@"; do printf '%s${marker}' "$a"; done\ncase "$*" in *@-*) cat;; esac\n`,
);
chmodSync(join(folder, "curl"), 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command in a real shell, in an empty folder. @returns curl's arguments, and last what it read */
const run = (command: string, variables: Record<string, string> = {}): string[] =>
  execFileSync("/bin/sh", ["-c", command], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, ...variables },
    encoding: "utf8",
  }).split(marker);

const text = (value: string) => ({ text: value, size: value.length, truncated: false });
const request = (change: Partial<EntryRequest> = {}): { request: EntryRequest } => ({
  request: {
    method: "POST",
    url: "https://cdp.example/v1.2/event/create.json",
    headers: { "content-type": "application/json", authorization: "***(matches eu)" },
    body: text('{"type":"VIEW"}'),
    ...change,
  },
});

describe("a request as cURL", () => {
  it("leaves out what is no name of a header, which curl could read as a file to send", () => {
    const headers = { "@/etc/passwd": "x", "a b": "1", "": "2", "x-kept": "3" };
    const curl = toCurl(request({ headers }));
    expect(run(curl).filter((_, index, all) => all[index - 1] === "--header")).toEqual(["x-kept: 3"]);
  });

  it("is one readable command with variables in place of the credential", () => {
    expect(toCurl(request())).toBe(
      [
        "curl --request 'POST' \\",
        "  --url 'https://cdp.example/v1.2/event/create.json' \\",
        "  --header 'content-type: application/json' \\",
        '  -u "$BELLHOP_CLIENT_KEY_EU:$BELLHOP_API_TOKEN_EU" \\',
        `  --data-raw '{"type":"VIEW"}'`,
      ].join("\n"),
    );
  });

  it("reaches curl with the credential filled in by the shell, whatever is in it", () => {
    const variables = { BELLHOP_CLIENT_KEY_EU: "k'\"$(touch owned)", BELLHOP_API_TOKEN_EU: "t `x` *" };
    expect(run(toCurl(request()), variables)).toContain("k'\"$(touch owned):t `x` *");
  });

  it("puts the key back into a body and an address, by the environment's variable", () => {
    const body = text('{"a":"it\'s","client_key":"***(matches my-tenant.1)","b":1}');
    const url = "https://cdp.example/v1.2/browser/create.json?client_key=***(matches my-tenant.1)&message={}";
    const args = run(toCurl(request({ body, url })), { BELLHOP_CLIENT_KEY_MY_TENANT_1: "key-1" });
    expect(args).toContain('{"a":"it\'s","client_key":"key-1","b":1}');
    expect(args).toContain("https://cdp.example/v1.2/browser/create.json?client_key=key-1&message={}");
    expect(args).toContain("--globoff");
  });

  it("writes the sandbox's public credential out", () => {
    const command = toCurl(request({ headers: { authorization: "***(matches sandbox)" } }));
    expect(command).toContain("-u 'sandbox:sandbox'");
    expect(run(command)).toContain("sandbox:sandbox");
  });

  it("leaves a key that nobody knows masked", () => {
    const args = run(toCurl(request({ headers: { authorization: "***(unknown, a1b2c3)" } })));
    expect(args).toContain("authorization: ***(unknown, a1b2c3)");
  });

  it("needs neither a method nor a body for a plain read", () => {
    const command = toCurl(request({ method: "GET", headers: {}, body: null }));
    expect(command).toBe("curl --url 'https://cdp.example/v1.2/event/create.json'");
  });

  it("gives bytes to curl as they were", () => {
    const bytes = Buffer.from("a\u0000b\u001b[2J'$x");
    const body = { base64: bytes.toString("base64"), size: bytes.length, truncated: false };
    expect(run(toCurl(request({ body }))).at(-1)).toBe(bytes.toString());
    expect(run(toCurl(request({ body: text("\u001b[2Jé") }))).at(-1)).toBe("\u001b[2Jé");
  });

  it("says so where the log has kept only the beginning of a body", () => {
    const command = toCurl(request({ body: { ...text("{"), truncated: true } }));
    expect(command).toMatch(/^# The body was longer/);
    expect(run(command)).toContain("{");
  });
});

describe("hostile requests", () => {
  const nasty = [
    "'; touch owned; '",
    "$(touch owned)",
    "`touch owned`",
    "\\'",
    "!!",
    "-o owned",
    "@owned",
    "\n#",
    "'",
  ];

  it.each(nasty)("%j reaches curl as data", (value) => {
    const headers = { "x-a": value.replace("\n", " ") };
    const body = text(`{"a":${JSON.stringify(value)}}`);
    const args = run(toCurl(request({ headers, body, url: `https://cdp.example/?a=${value}` })));
    expect(args).toContain(`x-a: ${value.replace("\n", " ")}`);
    expect(args).toContain(`{"a":${JSON.stringify(value)}}`);
    expect(args).toContain(`https://cdp.example/?a=${value.replace("\n", "%0A")}`);
    expect(readdirSync(folder)).toEqual(["curl"]);
  });

  it("of any kind give the body back and put no control character on a terminal", () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ unit: "grapheme" }), (json, url) => {
        const command = toCurl(request({ body: text(json), url: `https://cdp.example/${url}` }));
        const control = [...command].filter((character) => /\p{Cc}/u.test(character) && character !== "\n");
        expect(control).toEqual([]);
        const data = run(command).at(-2) ?? "";
        expect(JSON.parse(data)).toEqual(JSON.parse(json));
      }),
      { numRuns: 30 },
    );
  });

  it("with control characters in an event keep their meaning", () => {
    const event = '{"a":"\u007f\u009b\u202e"}';
    const command = toCurl(request({ body: text(event) }));
    expect(command).toContain('{"a":"\\u007f\\u009b\\u202e"}');
    expect(JSON.parse(run(command).at(-2) ?? "")).toEqual(JSON.parse(event));
  });
});
