import { afterEach, describe, expect, it, vi } from "vitest";
import type { CredentialStatus } from "../../../shared/model/environment";
import { credentialWords } from "./commands/env";
import { createOutput, printable } from "./output";

/** Sets the terminal's title, once by an introducer of two bytes and once by one of a single character. */
const hostile = "a\u001b]0;owned\u0007b\u009d0;owned\u009cc\u007fd\u202ee";
const steering = /[\p{Cc}\u202a-\u202e]/u;

afterEach(() => vi.restoreAllMocks());

describe("what a terminal is given", () => {
  it("shows what would steer the terminal instead of doing it", () => {
    expect(printable(hostile)).not.toMatch(steering);
    expect(printable(hostile)).toContain("\\u001b]0;owned\\u0007");
    expect(printable("Crème brûlée, 東京 🎉")).toBe("Crème brûlée, 東京 🎉");
  });

  it("writes JSON that holds no control character and reads back as it was", () => {
    const written: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
    createOutput({ quiet: false, colour: false }).json({ [hostile]: hostile });
    const [line = ""] = written;
    expect(line.trimEnd()).not.toMatch(steering);
    expect(JSON.parse(line)).toEqual({ [hostile]: hostile });
  });

  const bound = { origin: `https://cdp.example trusting ${hostile}`, fingerprint: "a1b2c3", since: "2026" };
  it.each<CredentialStatus>([
    { state: "present", ...bound, from: "vault", has: [] },
    { state: "other-origin", ...bound, wanted: "" },
    { state: "missing", needs: [], reason: hostile },
    { state: "locked", reason: hostile },
  ])("says of a credential that is $state only visible characters of what a workspace names", (status) => {
    expect(credentialWords(status)).not.toMatch(steering);
  });
});
