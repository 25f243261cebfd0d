import { setMaxListeners } from "node:events";
import { AppError } from "../../../shared/contract/errors";
import type { CheckedInputOf, OutputOf } from "../../../shared/contract/commands";
import type { Batch, BatchFindings, BatchFlaw, BatchState } from "../../../shared/model/batch";
import type { Environment } from "../../../shared/model/environment";
import type { GuestContext } from "../../../shared/model/guest";
import type { Notifications } from "../notifications";
import type { Redact } from "../sender/redaction";
import type { RunSends } from "../sender/run-sends";
import type { Transfers } from "../transfers/transfers-service";
import { createBatchGuest } from "./batch-guest";
import { checkEvents, mostFlaws } from "./check-events";
import { sendEvents } from "./send-events";
import { createSendingTally, type SendingTally } from "./sending-tally";

export interface BatchParts {
  transfers: Pick<Transfers, "claim">;
  notifications: Pick<Notifications, "say">;
  environments: { get(name: string): Promise<Environment> };
  runSends: RunSends;
  redact: Redact;
  guests: {
    read(environment: string): Promise<GuestContext | null>;
    make(environment: string): Promise<GuestContext>;
    forget(environment: string, browserId: string): Promise<void>;
  };
}

type Wanted = Omit<CheckedInputOf<"batches.send">, "id">;

/** Milliseconds between two words on how it goes. */
const tick = 100;

const nothingFound = (): BatchFindings => ({ valid: 0, invalid: 0, unreadable: 0 });

const nothingToSend = (): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: "There is no event to be sent.",
    hint: "Send those that the catalog calls invalid, too, or put the file right.",
  });

const toData = (error: unknown) =>
  error instanceof AppError
    ? error.toData()
    : { code: "INTERNAL" as const, message: error instanceof Error ? error.message : String(error) };

/** One file of events that is here to be checked and sent. */
export const createOpenBatch = (
  parts: BatchParts,
  { id, name, path, environment: first }: { id: string; name: string; path: string; environment: string },
) => {
  let environment = first;
  let state: BatchState = "checking";
  let progress = 0;
  let found = nothingFound();
  let flaws: BatchFlaw[] = [];
  let tally: SendingTally | null = null;
  let problem: Batch["problem"] = null;
  let stop = new AbortController();
  let working: Promise<void> = Promise.resolve();

  const summary = (): Batch => ({
    ...{ id, name, environment, state, progress, problem },
    found: { ...found },
    sending: tally?.state() ?? null,
  });
  const say = (): void => parts.notifications.say("batches.changed", { batch: summary() });

  /** Does one long thing; says how it goes, and at last how it ended. */
  const work = (doing: (signal: AbortSignal) => Promise<BatchState>): void => {
    const own = (stop = new AbortController());
    // Each event that is followed listens to it.
    setMaxListeners(0, own.signal);
    const ticking = setInterval(() => {
      tally?.sample();
      say();
    }, tick);
    working = (async (): Promise<void> => {
      try {
        const ended = await doing(own.signal);
        if (stop === own) state = ended;
      } catch (error) {
        if (stop !== own) return;
        problem = toData(error);
        state = state === "checking" ? "checked" : "stopped";
      } finally {
        clearInterval(ticking);
        if (stop === own) {
          tally?.end();
          say();
        }
      }
    })();
    say();
  };

  const listFlaw = (flaw: BatchFlaw): void => {
    if (flaws.length < mostFlaws) flaws.push(flaw);
  };

  /** The sentences come from the file, and go to a screen. */
  const clean = async (): Promise<void> => {
    flaws = await parts.redact({ environment, credential: null }, (redactor) =>
      flaws.map((flaw) => ({
        ...flaw,
        type: flaw.type && redactor.text(flaw.type),
        reason: redactor.text(flaw.reason),
      })),
    );
  };

  const end = async (): Promise<void> => {
    stop.abort();
    await working;
  };

  return {
    path,
    state: summary,

    async flaws(offset: number, limit: number): Promise<OutputOf<"batches.flaws">> {
      if (state === "checking") return { flaws: [], total: 0 };
      return { flaws: flaws.slice(offset, offset + limit), total: flaws.length };
    },

    /** Checks every event for an environment; a check that is under way is given up. @throws AppError NOT_FOUND */
    async check(wanted: string): Promise<void> {
      const target = await parts.environments.get(wanted);
      await end();
      ({ environment, state, progress, found, flaws, tally, problem } = {
        ...{ environment: wanted, state: "checking", progress: 0, found: nothingFound() },
        ...{ flaws: [], tally: null, problem: null },
      });
      work(async (signal) => {
        const checking = { path, name, environment: target, signal, found, flaw: listFlaw };
        try {
          await checkEvents({ ...checking, went: (far) => void (progress = far) });
        } finally {
          await clean();
        }
        progress = signal.aborted ? progress : 1;
        return signal.aborted ? "cancelled" : "checked";
      });
    },

    /** Begins to send. @throws AppError as every send: CREDENTIAL_MISSING, CONSENT_REQUIRED and so on */
    async send({ rate, sendInvalid, production }: Wanted): Promise<void> {
      const planned = found.valid + (sendInvalid ? found.invalid : 0);
      if (planned === 0) throw nothingToSend();
      const target = await parts.runSends.admit(environment, {
        ...(production !== undefined && { production }),
      });
      const { guests } = parts;
      const at = target.environment.name;
      const guest = await createBatchGuest({
        read: () => guests.read(at),
        make: () => guests.make(at),
        forget: async (browserId) => {
          if (target.isSandbox) await guests.forget(at, browserId);
        },
      });
      await end();
      const counting = createSendingTally(rate, planned);
      ({ state, progress, problem } = { state: "sending" as BatchState, progress: 0, problem: null });
      tally = counting;
      const source = { kind: "composer" as const, format: name, runId: id };
      work(async (signal) => {
        await sendEvents({
          ...{ path, name, target, guest, rate, sendInvalid, source, signal, tally: counting },
          went: (far) => void (progress = far),
        });
        if (signal.aborted) return "cancelled";
        progress = 1;
        return "done";
      });
    },

    /** Stops what is under way and waits for its end; a request that is on its way is cut off. */
    cancel: end,
  };
};

export type OpenBatch = ReturnType<typeof createOpenBatch>;
