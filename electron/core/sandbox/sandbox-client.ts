import { setTimeout as sleep } from "node:timers/promises";
import { request } from "../undici";
import * as v from "valibot";
import { AppError } from "../../../shared/contract/errors";
import type { SandboxSummary } from "../../../shared/model/sandbox";
import type { Issue } from "../../../shared/model/verdict";
import type { SandboxOutcome } from "./sandbox-service";

/** What another process's sandbox says of itself. */
export interface RemoteSandbox {
  url: string;
  instance: string;
  pointsOfSale: string[];
  strict: boolean;
}

const configShape = v.object({
  instance: v.string(),
  pointsOfSale: v.array(v.object({ name: v.string() })),
  strict: v.boolean(),
});

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const summaryShape = v.object({
  total: count,
  processed: count,
  failed: count,
  dropped: count,
  pending: count,
  rejected: count,
  guests: count,
  sessions: count,
  orders: count,
}) satisfies v.GenericSchema<unknown, SandboxSummary>;

const issueShape = v.object({
  severity: v.picklist(["error", "warning", "info"]),
  code: v.string(),
  path: v.string(),
  message: v.string(),
  hint: v.exactOptional(v.string()),
  catalog: v.picklist(["spec", "sitecore"]),
  certainty: v.exactOptional(v.picklist(["documented", "observed", "unverified"])),
}) satisfies v.GenericSchema<unknown, Issue>;

const eventsShape = v.object({
  items: v.array(
    v.object({
      status: v.picklist(["PENDING", "PROCESSED", "FAILED", "DROPPED"]),
      guestRef: v.nullable(v.string()),
      issues: v.array(issueShape),
    }),
  ),
});

/** @param wait milliseconds @throws where there is no answer in time, or not that of a sandbox */
const ask = async <T extends v.GenericSchema>(
  url: string,
  path: string,
  shape: T,
  wait: number,
  method: "GET" | "POST" = "GET",
): Promise<v.InferOutput<T>> => {
  const answer = await request(`${url}${path}`, { method, signal: AbortSignal.timeout(Math.max(1, wait)) });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${path} was answered with ${answer.statusCode}`);
  return v.parse(shape, JSON.parse(text));
};

/** Milliseconds that a sandbox on this machine has to say that it is there. */
const patience = 2_000;

/** @returns null where no sandbox answers there */
export const findSandbox = async (url: string): Promise<RemoteSandbox | null> => {
  try {
    const { instance, pointsOfSale, strict } = await ask(url, "/_sandbox/config", configShape, patience);
    return { url, instance, strict, pointsOfSale: pointsOfSale.map(({ name }) => name) };
  } catch {
    return null;
  }
};

const unreachable = (url: string): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: `No sandbox answers at ${url}.`,
    hint: "Start it there, or restart Bellhop to use its own.",
  });

/** @param settle milliseconds to wait until nothing is pending @throws AppError UNREACHABLE */
export const readSummary = async (url: string, settle: number): Promise<SandboxSummary> => {
  const query = settle > 0 ? `?settle=${settle}ms` : "";
  try {
    return await ask(url, `/_sandbox/summary${query}`, summaryShape, settle + patience);
  } catch {
    throw unreachable(url);
  }
};

const revisionShape = v.object({ revision: count });

/** A number that rises with each change of guests. @returns null where no sandbox answers that has one */
export const readRevision = async (url: string): Promise<number | null> => {
  try {
    return (await ask(url, "/_sandbox/summary", revisionShape, patience)).revision;
  } catch {
    return null;
  }
};

/** @throws AppError UNREACHABLE */
export const resetSandbox = async (url: string): Promise<void> => {
  try {
    // Emptying a large file takes longer than saying that one is there.
    await ask(url, "/_sandbox/reset", v.unknown(), 60_000, "POST");
  } catch {
    throw unreachable(url);
  }
};

/** Between two questions, in milliseconds: soon at first, because most events are settled in no time. */
const firstPause = 10;
const longestPause = 100;

/**
 * Asks until an event has an outcome.
 *
 * @param wait milliseconds
 * @returns null where it has none by then, or the sandbox does not know it, or is gone
 */
export const pollOutcome = async (url: string, ref: string, wait: number): Promise<SandboxOutcome | null> => {
  const end = Date.now() + wait;
  const path = `/_sandbox/events?ref=${encodeURIComponent(ref)}`;
  try {
    for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
      const { items } = await ask(url, path, eventsShape, Math.max(firstPause, end - Date.now()));
      const [event] = items;
      if (!event) return null;
      if (event.status !== "PENDING") {
        return { ingestion: ingestions[event.status], issues: event.issues, guestRef: event.guestRef };
      }
      if (Date.now() + pause > end) return null;
      await sleep(pause);
    }
  } catch {
    return null;
  }
};

/** The words of the log for the sandbox's. */
export const ingestions = { PROCESSED: "processed", FAILED: "failed", DROPPED: "dropped" } as const;
