import type { Entry, EntryError, Timings } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { Ingestion } from "../../../shared/model/verdict";
import type { LogService, NewEntry, Outcome } from "../log/log-service";
import type { Credential } from "../vault/vault-service";
import { explainAnswer } from "./explain-answer";
import type { HttpClient, HttpRequest, HttpResult, Route } from "./http-client";
import { keptBody, keptText } from "./kept-body";
import type { Redact } from "./redaction";

/** One request to be sent and logged. */
export interface Exchange {
  /** What the entry says beside the request; not redacted yet. */
  entry: Omit<NewEntry, "request" | "at" | "environment" | "transport" | "direction">;
  request: HttpRequest;
  environment: Environment;
  credential: Credential;
  route: Route;
  /** Milliseconds. */
  timeout: number;
  signal: AbortSignal;
  /** Why it may not leave after all; null where it may. */
  refusal: EntryError | null;
  /** Says better why nothing was answered, where more is known than the socket tells. */
  explain?: (error: EntryError) => EntryError;
}

/** How it ended: the entry as the log has it, and the answer's body before redaction, for this process only. */
export interface Exchanged {
  entry: Entry;
  body: Buffer | null;
}

interface Parts {
  http: HttpClient;
  log: Pick<LogService, "begin" | "complete" | "settle" | "detail">;
  redact: Redact;
}

const isSuccess = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;

const ingestionAfter = (kind: Entry["kind"], { response }: HttpResult): Ingestion =>
  kind === "event" && isSuccess(response?.status) ? "accepted" : "unknown";

const notMeasured: Timings = { dns: null, connect: null, tls: null, firstByte: null, total: null };

const notRedacted: EntryError = {
  code: "PROTOCOL",
  message: "There was an answer, but Bellhop failed to take secrets out of it, so it was not kept.",
  hint: "The event may or may not have been taken: look for it at the target.",
};

/**
 * Sends a request the way every request goes: its entry is in the log as pending before a byte leaves, and always
 * gets an outcome. What is written is redacted.
 *
 * @returns a function that throws only where the log itself fails
 */
export const createLoggedExchange = ({ http, log, redact }: Parts) => {
  const newEntry = ({ entry, request, environment, credential }: Exchange): Promise<NewEntry> => {
    const { method, url, headers, body } = request;
    const kept = { method, url, headers, body: body === null ? null : keptText(body) };
    return redact({ environment: environment.name, credential }, (redactor) => ({
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

  const outcomeOf = ({ entry, environment, credential, explain }: Exchange, result: HttpResult) => {
    const response = result.response && { ...result.response, body: keptBody(result.response.body) };
    const error = result.error && explain ? explain(result.error) : result.error;
    return redact({ environment: environment.name, credential }, (redactor): Outcome => ({
      response: response && redactor.response(response),
      error: error && redactor.error(error),
      timings: result.timings,
      ingestion: ingestionAfter(entry.kind, result),
    }));
  };

  const complete = async (exchange: Exchange, result: HttpResult): Promise<Entry> => {
    const { id } = exchange.entry;
    let outcome: Outcome;
    try {
      outcome = await outcomeOf(exchange, result);
    } catch {
      const { timings } = result;
      const ingestion = ingestionAfter(exchange.entry.kind, result);
      outcome = { response: null, error: notRedacted, timings, ingestion };
    }
    // Null: the entry had its outcome before, as INTERRUPTED, and keeps it.
    return (await log.complete(id, outcome)) ?? log.detail(id);
  };

  return async (exchange: Exchange): Promise<Exchanged> => {
    const { request, route, timeout, signal, environment, refusal } = exchange;
    await log.begin(await newEntry(exchange));
    const result = refusal
      ? { response: null, error: refusal, timings: notMeasured }
      : await http.exchange(request, route, timeout, signal);
    const entry = await complete(exchange, result);
    const body = result.response?.body.bytes ?? null;
    const issues = explainAnswer(environment, entry);
    if (issues.length === 0) return { entry, body };
    const settled = await log.settle(entry.id, entry.verdict.ingestion, issues, null);
    return { entry: settled ?? entry, body };
  };
};
