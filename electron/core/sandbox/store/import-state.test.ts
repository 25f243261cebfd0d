import { describe, expect, it } from "vitest";
import { importState } from "./import-state";

async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}

describe("reading an export", () => {
  it.each([
    ["", "expected"],
    ["[]", "expected"],
    ['{"bellhop":"sandbox-state"', "expected"],
    ["{}", "header"],
    ['{"strict":true,"events":[]}', "header"],
    ['{"bellhop":"sandbox-state","version":2}', "newer version"],
    ['{"browsers":[{"ref":1}]}', "browsers[0]"],
  ])("refuses %j before a database is opened for it", async (text, reason) => {
    const open = () => Promise.reject(new Error("A database was opened."));
    const reading = importState(inOnePiece(text), { open, closesAt: () => null, quota: 1 });
    await expect(reading).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining(reason),
    });
  });
});
