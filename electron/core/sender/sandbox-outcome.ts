import type { Entry } from "../../../shared/model/entry";
import type { LogService } from "../log/log-service";
import type { SandboxService } from "../sandbox/sandbox-service";
import type { Exchanged } from "./logged-exchange";
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

/** The `ref` of a 2xx answer; null where there is none. */
const refOf = (body: Buffer | null): string | null => {
  try {
    const { ref } = JSON.parse(body?.toString("utf8") ?? "") as { ref?: unknown };
    return typeof ref === "string" && ref !== "" ? ref : null;
  } catch {
    return null;
  }
};

const untilAborted = <T>(signal: AbortSignal, value: T): Promise<T> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(value);
    signal.addEventListener("abort", () => resolve(value), { once: true });
  });

const after = (milliseconds: number): { over: Promise<null>; clear(): void } => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), milliseconds)));
  return { over, clear: () => clearTimeout(timer) };
};

/** Adds to entries what the sandbox made of their events. */
export const createSandboxOutcome = ({ sandbox, log, redact, closing }: Parts) => {
  const running = new Set<Promise<unknown>>();
  const closed = untilAborted(closing, null);

  const settle = async (address: string, ref: string, entry: Entry): Promise<Entry | null> => {
    const outcome = await Promise.race([sandbox.outcomeOf(address, ref, longest), closed]);
    if (outcome === null) return null;
    const { ingestion, issues, guestRef } = outcome;
    const { environment } = entry;
    const clean = await redact({ environment, credential: null }, ({ issue }) => issues.map(issue));
    return log.settle(entry.id, ingestion, clean, guestRef);
  };

  return {
    /**
     * Asks what became of an accepted event, and writes it into its entry.
     *
     * @param wait milliseconds to wait for it; it goes on after that
     * @returns the entry as it is by then
     */
    async follow({ entry, body }: Exchanged, address: string, wait: number): Promise<Entry> {
      const ref = entry.verdict.ingestion === "accepted" ? refOf(body) : null;
      if (ref === null) return entry;
      // A sandbox that is gone by now leaves the event accepted, which is all that is known.
      const settling = settle(address, ref, entry).catch(() => null);
      running.add(settling);
      void settling.finally(() => running.delete(settling));
      if (wait === 0) return entry;
      const { over, clear } = after(wait);
      const settled = await Promise.race([settling, over]);
      clear();
      return settled ?? entry;
    },
    /** Settles when nothing is written any more. */
    idle: (): Promise<unknown> => Promise.all(running),
  };
};
