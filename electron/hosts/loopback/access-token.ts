import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What a browser got for its token: the cookie's value and the key in the page's own storage. */
export interface Session {
  cookie: string;
  key: string;
}

export type Redemption = { session: Session } | { refused: "unknown" | "used" | "old" };

/** Who may talk to this host. Everything here lives in memory and ends with the process. */
export interface Access {
  /** @returns a new one-time token: 256 bits, good once and for the lifetime */
  issue(): string;
  /** Uses a token up. */
  redeem(token: string): Redemption;
  /** @returns the session that a cookie's value belongs to */
  sessionOf(cookie: string | null): Session | null;
  /** Whether a token of this host was used since the start. */
  wasUsed(): boolean;
}

interface Token {
  digest: Buffer;
  expires: number;
  used: boolean;
}

const secret = (): string => randomBytes(32).toString("base64url");
const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares without telling by the time taken how much fits. Digests are of equal length, whatever came. */
export const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(digestOf(one), digestOf(other));

const keptTokens = 100;
const keptSessions = 100;

/**
 * @param lifetime milliseconds that a token is good for
 * @param now the clock, in milliseconds
 */
export const createAccess = (lifetime: number, now: () => number = Date.now): Access => {
  let tokens: Token[] = [];
  let sessions: Session[] = [];
  let used = false;

  return {
    issue() {
      const token = secret();
      // Kept a while after its end, so that the refusal can say what happened.
      tokens = [{ digest: digestOf(token), expires: now() + lifetime, used: false }, ...tokens];
      tokens = tokens.slice(0, keptTokens);
      return token;
    },
    redeem(text) {
      const digest = digestOf(text);
      // No early way out: every token is compared, in constant time.
      const token = tokens.filter((candidate) => timingSafeEqual(candidate.digest, digest))[0];
      if (!token) return { refused: "unknown" };
      if (token.used) return { refused: "used" };
      if (now() >= token.expires) return { refused: "old" };
      token.used = true;
      used = true;
      const session = { cookie: secret(), key: secret() };
      sessions = [session, ...sessions].slice(0, keptSessions);
      return { session };
    },
    sessionOf: (cookie) =>
      cookie === null ? null : (sessions.filter((session) => isSame(session.cookie, cookie))[0] ?? null),
    wasUsed: () => used,
  };
};
