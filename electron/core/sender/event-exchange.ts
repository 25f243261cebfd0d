import type { EntrySource } from "../../../shared/model/entry";
import type { StreamEvent } from "../../../shared/model/event";
import type { Verdict } from "../../../shared/model/verdict";
import type { Credential } from "../vault/vault-service";
import { buildEventRequest } from "./build-request";
import { issuesOfRequest, withIssues } from "./check-request";
import type { Exchange } from "./logged-exchange";
import type { Target } from "./target";

/** An event that passed all checks, on its way out. */
export interface LeavingEvent {
  /** The id of its entry to be. */
  id: string;
  source: EntrySource;
  event: StreamEvent;
  verdict: Verdict;
  guestRef: string | null;
}

/** The exchange that carries an event, whoever sends it: a person, a command or a run. */
export const exchangeOf = (
  { id, source, event, verdict, guestRef }: LeavingEvent,
  { environment, route, refusal, explain }: Target,
  credential: Credential,
  version: string,
): Omit<Exchange, "timeout" | "signal"> => {
  const request = buildEventRequest(environment, event, credential, version);
  return {
    entry: {
      id,
      kind: "event",
      source,
      type: typeof event["type"] === "string" ? event["type"] : "",
      guestRef,
      event,
      verdict: withIssues(verdict, issuesOfRequest(environment, request)),
    },
    request,
    ...{ environment, credential, route, refusal, explain },
  };
};
