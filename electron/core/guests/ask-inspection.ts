import { request } from "../undici";
import * as v from "valibot";
import { AppError } from "../../../shared/contract/errors";

/** Milliseconds that a sandbox has for an answer: a long history takes longer than saying that one is there. */
const patience = 30_000;

const unreachable = (url: string, why: string): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: `The guests of the sandbox at ${url} could not be read: ${why}.`,
    hint: "Check in the status bar that the sandbox runs, or start it again.",
  });

const tooOld = (url: string): AppError =>
  new AppError({
    code: "UNSUPPORTED",
    message: `The sandbox at ${url} belongs to a version of Bellhop that does not show guests.`,
    hint: "Stop it where it was started, and start it with this version.",
  });

const noGuest = (): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: "The sandbox has no guest with this reference, or no such place in the guest's history.",
    hint: "A reset, a restored snapshot or an import may have taken it away: look at the list again.",
  });

const refusal = v.object({ code: v.string(), message: v.string() });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Asks a running sandbox's inspection.
 *
 * @param path with its query, percent-encoded
 * @throws AppError UNREACHABLE, UNSUPPORTED for a sandbox without this path, NOT_FOUND for a guest it does not have
 */
export const askInspection = async <T extends v.GenericSchema>(
  url: string,
  path: string,
  shape: T,
): Promise<v.InferOutput<T>> => {
  let status: number;
  let text: string;
  try {
    const answer = await request(`${url}${path}`, { signal: AbortSignal.timeout(patience) });
    status = answer.statusCode;
    text = await answer.body.text();
  } catch {
    throw unreachable(url, "there was no answer");
  }
  const body = parse(text);
  if (status === 200) {
    const read = v.safeParse(shape, body);
    if (read.success) return read.output;
    throw unreachable(url, "what it answers is not what a sandbox says of guests");
  }
  const said = v.safeParse(refusal, body);
  if (said.success && said.output.code === "unknown-path") throw tooOld(url);
  if (status === 404) throw noGuest();
  throw unreachable(url, said.success ? said.output.message.replace(/\.$/, "") : `it answers ${status}`);
};
