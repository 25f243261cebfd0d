import type { LogService } from "../log/log-service";
import type { SandboxOutcome, SandboxService } from "../sandbox/sandbox-service";
import type { Redact } from "./redaction";

/** Milliseconds that a sandbox is given to deal with an event after its answer. */
const longest = 30_000;

interface Parts {
  sandbox: Pick<SandboxService, "outcomeOf">;
  log: Pick<LogService, "settle">;
  redact: Redact;
  /** Aborts when Bellhop closes. */
  closing: AbortSignal;
}

/** An event that a sandbox has accepted. */
export interface Accepted {
  environment: string;
  /** Where the sandbox is. */
  address: string;
  /** The `ref` of the answer. */
  ref: string;
  entryId: string;
  /** Settles when the log has the answer: what became of the event comes after it. */
  logged: Promise<unknown>;
}

/** The `ref` of a 2xx answer; null where there is none. */
export const refOf = (body: Buffer | null): string | null => {
  try {
    const { ref } = JSON.parse(body?.toString("utf8") ?? "") as { ref?: unknown };
    return typeof ref === "string" && ref !== "" ? ref : null;
  } catch {
    return null;
  }
};

/** What a promise gives, or null once a signal aborts. Nothing of it stays with a signal that lives long. */
export const unlessAborted = <T>(signal: AbortSignal, promise: Promise<T>): Promise<T | null> =>
  new Promise((resolve, reject) => {
    const stop = (): void => resolve(null);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
    return undefined;
  });

const after = (milliseconds: number): { over: Promise<null>; clear(): void } => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), milliseconds)));
  return { over, clear: () => clearTimeout(timer) };
};

/** What a promise gives, or null where it has not within so many milliseconds. */
export const within = async <T>(promise: Promise<T>, milliseconds: number): Promise<T | null> => {
  const { over, clear } = after(milliseconds);
  try {
    return await Promise.race([promise, over]);
  } finally {
    clear();
  }
};

/** Adds to entries what the sandbox made of their events. */
export const createSandboxOutcome = ({ sandbox, log, redact, closing }: Parts) => {
  const running = new Set<Promise<unknown>>();

  const settle = async (accepted: Accepted, wait: number): Promise<SandboxOutcome | null> => {
    const { environment, address, ref, entryId, logged } = accepted;
    const outcome = await unlessAborted(closing, sandbox.outcomeOf(address, ref, wait));
    if (outcome === null) return null;
    const { ingestion, issues, guestRef } = outcome;
    const clean = await redact({ environment, credential: null }, ({ issue }) => issues.map(issue));
    await logged;
    await log.settle(entryId, ingestion, clean, guestRef);
    return outcome;
  };

  return {
    /**
     * Asks what became of an accepted event, and writes it into its entry.
     *
     * @param wait milliseconds
     * @returns null where it is not known in time; a sandbox that is gone leaves the event accepted, which is all that
     *   is known
     */
    follow(accepted: Accepted, wait = longest): Promise<SandboxOutcome | null> {
      const settling = settle(accepted, wait).catch(() => null);
      running.add(settling);
      void settling.finally(() => running.delete(settling));
      return settling;
    },
    /** Settles when nothing is written any more. */
    idle: (): Promise<unknown> => Promise.all(running),
  };
};
