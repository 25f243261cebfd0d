import { Readable } from "node:stream";
import { request } from "../undici";
import * as v from "valibot";
import { AppError, type ErrorCode } from "../../../shared/contract/errors";
import type { SandboxClock, SandboxSnapshot } from "../../../shared/model/sandbox";

const clockShape = v.object({
  now: v.pipe(v.string(), v.isoTimestamp()),
  offset: v.pipe(v.number(), v.integer()),
}) satisfies v.GenericSchema<unknown, SandboxClock>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const snapshotShape = v.object({
  name: v.string(),
  savedAt: v.pipe(v.string(), v.isoTimestamp()),
  guests: count,
  events: count,
}) satisfies v.GenericSchema<unknown, SandboxSnapshot>;

const snapshotsShape = v.object({ items: v.array(snapshotShape) });
const writtenShape = v.object({ warnings: v.array(v.string()) });
const refusalShape = v.object({
  code: v.string(),
  message: v.string(),
  developerMessage: v.optional(v.string(), ""),
});

/** Milliseconds. Saving, bringing back and moving a large state takes long; so does a clock that passes many ends. */
const patience = 600_000;

const unreachable = (url: string): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: `The sandbox at ${url} does not answer as it should.`,
    hint: "It may have ended meanwhile, or be of another version: start it again.",
  });

const codes: Record<number, ErrorCode> = {
  400: "INVALID_INPUT",
  401: "FORBIDDEN",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "INVALID_INPUT",
};

/** The sandbox's refusal in its own words; these are for people already. */
const refusalOf = (url: string, status: number, text: string): AppError => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), refusalShape), text);
  if (!parsed.success) return unreachable(url);
  const { code, message, developerMessage: hint } = parsed.output;
  if (code === "unknown-path" || code === "wrong-method") {
    return new AppError({
      code: "UNSUPPORTED",
      message: `The sandbox at ${url} is of a version that cannot do this.`,
      hint: "Start it again with this version of Bellhop.",
    });
  }
  const known = codes[status] ?? "INTERNAL";
  return new AppError({ code: known, message, ...(hint !== "" && { hint }) });
};

type Method = "GET" | "POST" | "PUT";

/** @throws AppError UNREACHABLE, or the sandbox's own refusal */
const send = async (url: string, method: Method, path: string, body?: string | Readable): Promise<string> => {
  const answer = await request(`${url}${path}`, {
    method,
    ...(body !== undefined && { body }),
    headersTimeout: patience,
    bodyTimeout: patience,
  }).catch(() => {
    throw unreachable(url);
  });
  const text = await answer.body.text().catch(() => {
    throw unreachable(url);
  });
  if (answer.statusCode === 200) return text;
  throw refusalOf(url, answer.statusCode, text);
};

const ask = async <T extends v.GenericSchema>(
  shape: T,
  url: string,
  ...rest: [method: Method, path: string, body?: string | Readable]
): Promise<v.InferOutput<T>> => {
  const text = await send(url, ...rest);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), shape), text);
  if (!parsed.success) throw unreachable(url);
  return parsed.output as v.InferOutput<T>;
};

/** The two documents of a sandbox that a person edits. */
export type DocumentName = "config" | "faults";

/** @returns YAML @throws AppError UNREACHABLE, UNSUPPORTED */
export const readText = (url: string, name: DocumentName): Promise<string> =>
  send(url, "GET", `/_sandbox/${name}?format=text`);

/** @returns warnings @throws AppError INVALID_INPUT with line and column, UNREACHABLE */
export const writeText = async (url: string, name: DocumentName, text: string): Promise<string[]> =>
  (await ask(writtenShape, url, "PUT", `/_sandbox/${name}`, text)).warnings;

export const readClock = (url: string): Promise<SandboxClock> =>
  ask(clockShape, url, "GET", "/_sandbox/clock");

/** @throws AppError INVALID_INPUT for what is no duration or too far, UNREACHABLE */
export const writeClock = (
  url: string,
  change: { advance: string } | { real: true },
): Promise<SandboxClock> => ask(clockShape, url, "POST", "/_sandbox/clock", JSON.stringify(change));

export const listSnapshots = async (url: string): Promise<SandboxSnapshot[]> =>
  (await ask(snapshotsShape, url, "GET", "/_sandbox/snapshots")).items;

export const saveSnapshot = (url: string, name: string): Promise<SandboxSnapshot> =>
  ask(snapshotShape, url, "POST", "/_sandbox/snapshots", JSON.stringify({ name }));

/** @throws AppError NOT_FOUND, UNREACHABLE */
export const dealWithSnapshot = async (
  url: string,
  act: "restore" | "remove",
  name: string,
): Promise<void> => {
  await send(url, "POST", `/_sandbox/snapshots/${act}`, JSON.stringify({ name }));
};

/** The whole state as JSON. The sandbox is asked once somebody reads, so that nothing is held up before. */
export const readState = (url: string): Readable =>
  Readable.from(
    (async function* (): AsyncGenerator<Buffer> {
      const answer = await request(`${url}/_sandbox/export`, { bodyTimeout: patience });
      if (answer.statusCode !== 200) throw refusalOf(url, answer.statusCode, await answer.body.text());
      yield* answer.body as AsyncIterable<Buffer>;
    })(),
    { objectMode: false },
  );

/** @throws AppError INVALID_INPUT where it is not an export, UNREACHABLE */
export const writeState = async (url: string, text: string): Promise<void> => {
  await send(url, "POST", "/_sandbox/import", text);
};
