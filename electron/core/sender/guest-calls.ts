import { randomUUID } from "node:crypto";
import { AppError } from "../../../shared/contract/errors";
import type { Entry, EntrySource } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { GuestContext } from "../../../shared/model/guest";
import type { Redactor } from "../../../shared/redact";
import { newEntryId } from "../log/entry-id";
import type { GuestsService } from "../guests/guests";
import type { Credential } from "../vault/vault-service";
import { buildBrowserRequest } from "./build-request";
import type { Exchange, Exchanged } from "./logged-exchange";
import { NoBrowser } from "./no-browser";
import type { Redact } from "./redaction";
import type { Target, Targets } from "./target";

interface Parts {
  guests: GuestsService;
  targets: Pick<Targets, "place">;
  version: string;
  redact: Redact;
  exchange(exchange: Exchange): Promise<Exchanged>;
}

/** What a browser call needs to know beside its target. */
export interface GuestCall {
  target: Target;
  credential: Credential;
  source: EntrySource;
  timeout: number;
  signal: AbortSignal;
}

/** A browser that a target has made, and its guest where the target names it. */
export interface NewBrowser {
  browserId: string;
  guestRef: string | null;
  /** Of the call, in the log. */
  entryId: string;
}

const cancelled = (): AppError =>
  new AppError({
    code: "CANCELLED",
    message: "No new guest could be made. The send was cancelled; its event did not leave.",
  });

/** Ids of a target are short; what is longer is no id, and is neither kept nor sent with every later event. */
const longestId = 200;

const text = (value: unknown): string | null =>
  typeof value === "string" && value !== "" && value.length <= longestId ? value : null;

/** A JSON object; an empty one where the text is none. */
const parsed = (json: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

/** The browser id and guest of a 2xx answer (facts: `{ref, customer_ref}`); throws where there is none. */
const readAnswer = ({ entry, body }: Exchanged, redactor: Redactor): NewBrowser => {
  const { response, error, verdict } = entry;
  const failed = (why: string, hint: string | undefined): NoBrowser =>
    new NoBrowser(why, hint, {
      entryId: entry.id,
      status: response?.status ?? null,
      error: error?.code ?? null,
    });
  if (error?.code === "ABORTED") throw cancelled();
  if (error) throw failed(error.message, error.hint);
  const reason = verdict.issues.find(({ severity }) => severity === "error");
  if (reason) throw failed(reason.message, reason.hint);
  const status = response?.status ?? 0;
  const answer = parsed(body?.toString("utf8") ?? "");
  const browserId = text(answer["ref"]);
  // An answer that gives a secret back as an id would have it kept and sent with every later event.
  if (browserId === null || redactor.text(browserId) !== browserId) {
    const hint = "Check the environment's address; the log has the answer.";
    throw failed(`The target answered ${status}, but without a browser id ("ref").`, hint);
  }
  const guestRef = text(answer["customer_ref"]);
  return { browserId, guestRef: guestRef && redactor.text(guestRef), entryId: entry.id };
};

const typeOfCall: Entry["type"] = "browser/create";

const orCancelled = <T>(waited: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const cancel = (): void => reject(cancelled());
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
    waited.then(resolve, reject).finally(() => signal.removeEventListener("abort", cancel));
  });

/** Makes guests at targets. Each call is an entry of the log. */
export const createGuestCalls = ({ guests, targets, version, redact, exchange }: Parts) => {
  const running = new Map<string, Promise<GuestContext>>();

  /** @throws NoBrowser, and AppError CANCELLED */
  const ask = async ({ target, credential, source, timeout, signal }: GuestCall): Promise<NewBrowser> => {
    const { environment, route, refusal, explain } = target;
    const { catalog } = environment;
    const answered = await exchange({
      entry: {
        id: newEntryId(),
        kind: "browser",
        source,
        type: typeOfCall,
        guestRef: null,
        event: null,
        verdict: { catalog, schema: "unchecked", issues: [], ingestion: "unknown" },
      },
      request: buildBrowserRequest(environment, credential, version),
      environment,
      credential,
      ...{ route, refusal, timeout, signal, explain },
    });
    const from = { environment: environment.name, credential };
    return redact(from, (redactor) => readAnswer(answered, redactor));
  };

  const keep = async (
    { browserId, guestRef }: NewBrowser,
    environment: Environment,
  ): Promise<GuestContext> => {
    const context: GuestContext = {
      ...{ environment: environment.name, browserId, guestRef },
      // The specification wants a session of the sender's own; Sitecore makes its own and knows none.
      sessionId: randomUUID(),
      typed: false,
      since: new Date().toISOString(),
    };
    await guests.write(context, targets.place(environment));
    return context;
  };

  const make = async (call: GuestCall): Promise<GuestContext> =>
    keep(await ask(call), call.target.environment);

  return {
    /** Asks the target for a new browser and keeps it nowhere. @throws NoBrowser, and AppError CANCELLED */
    ask,
    /** Keeps a browser as the environment's guest context. */
    keep,
    /**
     * Asks the target for a new browser and keeps it as the environment's guest context.
     * @throws NoBrowser, which says what happened, and AppError CANCELLED
     */
    make,
    /**
     * As `make`, but sends that need a first guest at the same time share one call. It ends with the program, not
     * with one of the sends: who is cancelled only stops waiting.
     */
    makeOnce(call: GuestCall, closing: AbortSignal): Promise<GuestContext> {
      const { name } = call.target.environment;
      const before = running.get(name);
      if (before) return orCancelled(before, call.signal);
      const making = make({ ...call, signal: closing }).finally(() => running.delete(name));
      running.set(name, making);
      return orCancelled(making, call.signal);
    },
  };
};
