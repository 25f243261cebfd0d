import { setImmediate } from "node:timers/promises";
import type { Entry, EntryError, Timings } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { Ingestion, Issue } from "../../../shared/model/verdict";
import type { LogService, NewEntry, Outcome } from "../log/log-service";
import type { Credential } from "../vault/vault-service";
import { explainAnswer } from "./explain-answer";
import { explainWebPage } from "./explain-detour";
import type { HttpClient, HttpRequest, HttpResult } from "./http-client";
import type { Route } from "./route";
import { keptBody, keptText } from "./kept-body";
import type { Redact, RedactionTarget } from "./redaction";

/** One request to be sent and logged. */
export interface Exchange {
  /** What the entry says beside the request; not redacted yet. */
  entry: Omit<NewEntry, "request" | "at" | "environment" | "transport" | "direction">;
  request: HttpRequest;
  environment: Environment;
  credential: Credential;
  /**
   * Of one of many, with an id of its own: before it leaves it is in the log's journal, else in its database. What is
   * known of secrets holds for some milliseconds; else it is looked up for each request and each answer.
   */
  ofRun?: { secretsFreshFor: number };
  route: Route;
  /** Milliseconds. */
  timeout: number;
  signal: AbortSignal;
  /** Why it may not leave after all; null where it may. */
  refusal: EntryError | null;
  /** Says better why nothing was answered, where more is known than the socket tells. */
  explain?: (error: EntryError) => EntryError;
}

/** How an exchange ended, before redaction: for this process only, never to be kept. */
export interface Ended {
  entryId: string;
  response: { status: number; headers: Record<string, string>; body: Buffer; truncated: boolean } | null;
  error: EntryError | null;
  timings: Timings;
  /** What the answer says of the event, in addition to what was known of it before. */
  issues: Issue[];
  ingestion: Ingestion;
  /** The entry as the log has it, once its outcome is committed. @throws AppError DATABASE_FAILED */
  logged: Promise<Entry>;
}

/** The entry as the log has it, and the answer's body before redaction, for this process only. */
export interface Exchanged {
  entry: Entry;
  body: Buffer | null;
}

interface Parts {
  http: HttpClient;
  log: Pick<LogService, "begin" | "announce" | "complete" | "detail">;
  redact: Redact;
}

const isSuccess = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;

const notMeasured: Timings = { dns: null, connect: null, tls: null, firstByte: null, total: null };

const notRedacted: EntryError = {
  code: "PROTOCOL",
  message: "There was an answer, but Bellhop failed to take secrets out of it, so it was not kept.",
  hint: "The event may or may not have been taken: look for it at the target.",
};

/** Waits for the log, too. @throws AppError DATABASE_FAILED */
export const inLog = async ({ logged, response }: Ended): Promise<Exchanged> => ({
  entry: await logged,
  body: response?.body ?? null,
});

/**
 * Sends a request the way every request goes: its entry is in the log as pending before a byte leaves, and always
 * gets an outcome. What is written is redacted. Whoever needs no more than the answer can go on with it while the log
 * takes in the outcome.
 *
 * @returns a function that throws only where the entry cannot be begun
 */
export const createLoggedExchange = ({ http, log, redact }: Parts) => {
  const targetOf = ({ environment, credential, ofRun }: Exchange): RedactionTarget => ({
    ...{ environment: environment.name, credential, freshFor: ofRun?.secretsFreshFor ?? 0 },
  });

  const newEntry = (exchange: Exchange): Promise<NewEntry> => {
    const { entry, request, environment } = exchange;
    const { method, url, headers, body } = request;
    const kept = { method, url, headers, body: body === null ? null : keptText(body) };
    return redact(targetOf(exchange), (redactor) => ({
      id: entry.id,
      at: new Date().toISOString(),
      kind: entry.kind,
      direction: "sent" as const,
      source: entry.source,
      environment: environment.name,
      transport: environment.transport,
      type: redactor.text(entry.type),
      guestRef: entry.guestRef && redactor.text(entry.guestRef),
      event: entry.event && redactor.json(entry.event),
      request: redactor.request(kept),
      verdict: { ...entry.verdict, issues: entry.verdict.issues.map(redactor.issue) },
    }));
  };

  /** What the log keeps of an outcome; a part that cannot be redacted is left out, and said so. */
  const redacted = async (exchange: Exchange, outcome: Outcome): Promise<Outcome> => {
    try {
      return await redact(targetOf(exchange), (redactor): Outcome => ({
        ...outcome,
        response: outcome.response && redactor.response(outcome.response),
        error: outcome.error && redactor.error(outcome.error),
        issues: outcome.issues.map(redactor.issue),
      }));
    } catch {
      return { ...outcome, response: null, error: notRedacted, issues: [] };
    }
  };

  const complete = async (exchange: Exchange, outcome: Outcome): Promise<Entry> => {
    const { id } = exchange.entry;
    // What comes after the answer goes first: in a run that is the next event, and this is done while it is under way.
    await setImmediate();
    // Null: the entry had its outcome before, as INTERRUPTED, and keeps it.
    return (await log.complete(id, await redacted(exchange, outcome))) ?? log.detail(id);
  };

  const ended = (exchange: Exchange, result: HttpResult): Ended => {
    const { entry, environment, explain } = exchange;
    const response = result.response && { ...result.response, body: keptBody(result.response.body) };
    const detour = result.error === null ? explainWebPage(response, exchange.request.url) : null;
    const failure = result.error ?? detour;
    const error = failure && explain ? explain(failure) : failure;
    const issues = explainAnswer(environment, { ...entry, response });
    const ingestion: Ingestion =
      entry.kind === "event" && isSuccess(response?.status) && detour === null ? "accepted" : "unknown";
    const { timings } = result;
    const logged = complete(exchange, { response, error, timings, ingestion, issues });
    // Whoever waits for it hears of a failure; nobody has to.
    logged.catch(() => undefined);
    const answer = result.response && {
      status: result.response.status,
      headers: result.response.headers,
      body: result.response.body.bytes,
      truncated: result.response.body.truncated,
    };
    return { entryId: entry.id, response: answer, error, timings, issues, ingestion, logged };
  };

  return async (exchange: Exchange): Promise<Ended> => {
    const { request, route, timeout, signal, refusal } = exchange;
    const begun = await newEntry(exchange);
    if (exchange.ofRun) log.announce(begun);
    else await log.begin(begun);
    const result = refusal
      ? { response: null, error: refusal, timings: notMeasured }
      : await http.exchange(request, route, timeout, signal);
    return ended(exchange, result);
  };
};
