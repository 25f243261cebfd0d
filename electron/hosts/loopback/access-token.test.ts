import { describe, expect, it } from "vitest";
import { createAccess } from "./access-token";

describe("access to the loopback host", () => {
  const start = () => {
    const clock = { now: 1000 };
    return { clock, access: createAccess(60_000, () => clock.now) };
  };

  it("lets a token in once", () => {
    const { access } = start();
    const token = access.issue();
    expect(access.wasUsed()).toBe(false);
    expect(access.redeem(token)).toHaveProperty("session");
    expect(access.wasUsed()).toBe(true);
    expect(access.redeem(token)).toEqual({ refused: "used" });
  });

  it("lets a token in until its last millisecond, and not after", () => {
    const { access, clock } = start();
    const [one, other] = [access.issue(), access.issue()];
    clock.now += 59_999;
    expect(access.redeem(one)).toHaveProperty("session");
    clock.now += 1;
    expect(access.redeem(other)).toEqual({ refused: "old" });
  });

  it("knows no token that it did not give out", () => {
    const { access } = start();
    access.issue();
    expect(access.redeem("")).toEqual({ refused: "unknown" });
    expect(access.redeem("x".repeat(100_000))).toEqual({ refused: "unknown" });
  });

  it("finds a session by its cookie alone, not by its key or a part of it", () => {
    const { access } = start();
    const redemption = access.redeem(access.issue());
    if ("refused" in redemption) throw new Error(redemption.refused);
    const { session } = redemption;
    expect(access.sessionOf(session.cookie)).toEqual(session);
    for (const wrong of [null, "", session.key, session.cookie.slice(1), `${session.cookie} `])
      expect(access.sessionOf(wrong)).toBeNull();
  });

  it("gives every browser its own cookie and key", () => {
    const { access } = start();
    const values = [access.redeem(access.issue()), access.redeem(access.issue())].flatMap((redemption) =>
      "session" in redemption ? [redemption.session.cookie, redemption.session.key] : [],
    );
    expect(new Set(values).size).toBe(4);
    for (const value of values) expect(Buffer.from(value, "base64url")).toHaveLength(32);
  });

  it("stays small however many tokens are given out, and keeps the newest", () => {
    const { access } = start();
    const tokens = Array.from({ length: 150 }, () => access.issue());
    expect(access.redeem(tokens[0] ?? "")).toEqual({ refused: "unknown" });
    expect(access.redeem(tokens.at(-1) ?? "")).toHaveProperty("session");
  });
});
