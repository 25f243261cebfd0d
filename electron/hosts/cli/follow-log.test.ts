import { afterEach, describe, expect, it, vi } from "vitest";
import { rowForTests as row } from "../../../shared/model/entry-for-tests";
import { follow, wanted } from "./commands/log";
import type { Session } from "./session";

/** Answers as a log of 2500 entries does that all fit the filter. */
const ask = (async (_command: string, { after, limit }: { after: number; limit: number }) => ({
  rows: Array.from({ length: Math.min(limit, 2500 - after) }, (_, index) => row(after + 1 + index)),
  total: 2500,
  revision: 2500,
})) as unknown as Session["ask"];

afterEach(() => void vi.useRealTimers());

describe("following the log", () => {
  it("lets the process end when the log cannot be read any more", async () => {
    vi.useFakeTimers();
    const core = { notifications: { listen: () => () => undefined } };
    const unreadable = Promise.reject(new Error("The database failed."));
    const following = follow({ core } as unknown as Session, { filter: {}, json: false }, unreadable);
    await expect(following).rejects.toThrow("The database failed.");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("shows an old entry and a new one that change together, however many lie between", async () => {
    const shown = await wanted({ ask }, {}, [row(5), row(2400)]);
    expect(shown.map(({ seq }) => seq)).toEqual([5, 2400]);
  });
});
