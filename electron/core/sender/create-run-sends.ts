import { setMaxListeners } from "node:events";
import { isJsonValue } from "../../../shared/contract/inputs";
import type { Environment } from "../../../shared/model/environment";
import type { JsonValue } from "../../../shared/model/json";
import { createTenantGuests } from "../guests/tenant-guests";
import { newEntryId } from "../log/entry-id";
import type { SandboxOutcome } from "../sandbox/sandbox-service";
import type { SettingsService } from "../settings/settings-service";
import type { Credential } from "../vault/vault-service";
import { exchangeOf } from "./event-exchange";
import { SendAborted } from "./explain-failure";
import type { GuestApi } from "./guest-api";
import type { GuestCall } from "./guest-calls";
import type { Ended, Exchange } from "./logged-exchange";
import type { Redact } from "./redaction";
import type { RunAnswer, RunBrowser, RunOutcome, RunSends, RunTarget } from "./run-sends";
import { unlessAborted, within, type createSandboxOutcome } from "./sandbox-outcome";
import type { Sends } from "./sends";
import type { Target, Targets } from "./target";

interface Parts {
  /** The checks that every send passes. @throws AppError */
  admit(
    name: string,
    production: string | undefined,
    transport: Environment["transport"] | undefined,
  ): Promise<{ environment: Environment; credential: Credential }>;
  targets: Pick<Targets, "reach">;
  exchange(exchange: Exchange): Promise<Ended>;
  askForBrowser(call: GuestCall): Promise<RunBrowser>;
  guestApi: Pick<GuestApi, "ask">;
  outcomes: Pick<ReturnType<typeof createSandboxOutcome>, "follow">;
  redact: Redact;
  settings: SettingsService;
  sends: Pick<Sends, "closing" | "follow">;
  version: string;
}

/** Milliseconds after which a run asks the vault again for secrets that may have come. */
const secretsFreshFor = 1_000;

/** An answer's body as JSON; undefined where it is none, was cut, or is too deep to be walked through. */
const jsonOf = (response: Ended["response"]): JsonValue | undefined => {
  if (response === null || response.truncated) return undefined;
  try {
    const value: unknown = JSON.parse(response.body.toString("utf8"));
    return isJsonValue(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const refIn = (body: JsonValue | undefined): string | null => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  const ref = Object.hasOwn(body, "ref") ? body["ref"] : null;
  return typeof ref === "string" && ref !== "" ? ref : null;
};

/** Sends for runs: what is looked up for each send of a person is looked up once. */
export const createRunSends = (parts: Parts): RunSends => {
  const { targets, exchange, askForBrowser, guestApi, outcomes, redact, settings, sends, version } = parts;

  /** A run's signal, with the reason that a send is told by; ends with Bellhop, too. */
  const stops = new WeakMap<AbortSignal, AbortSignal>();
  const stopOf = (signal: AbortSignal): AbortSignal => {
    const known = stops.get(signal);
    if (known) return known;
    const controller = new AbortController();
    const stop = (): void => controller.abort(new SendAborted("cancelled"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    const both = AbortSignal.any([controller.signal, sends.closing]);
    // Each send listens to it, and there may be many at once.
    setMaxListeners(0, both);
    stops.set(signal, both);
    return both;
  };

  const targetOf = (target: Target, credential: Credential, production: string | undefined): RunTarget => {
    const { environment, isSandbox } = target;
    const logged = new Set<Promise<unknown>>();
    const followed = new WeakMap<RunAnswer, (wait: number) => Promise<SandboxOutcome | null>>();

    const track = <T>(promise: Promise<T>): Promise<T> => {
      logged.add(promise);
      const done = (): void => void logged.delete(promise);
      promise.then(done, done);
      return sends.follow(promise);
    };

    const answerOf = (ended: Ended, verdict: RunAnswer["verdict"]): RunAnswer => {
      const { entryId, response, error, timings, issues, ingestion } = ended;
      const body = jsonOf(response);
      const eventRef = ingestion === "accepted" ? refIn(body) : null;
      return {
        entryId,
        status: response?.status ?? null,
        error,
        headers: response?.headers ?? {},
        body,
        time: response === null ? null : timings.total,
        verdict: { ...verdict, issues: [...verdict.issues, ...issues], ingestion },
        eventRef,
        logged: track(ended.logged).then(() => undefined),
      };
    };

    const follow = (answer: RunAnswer, ended: Ended): void => {
      const { entryId, eventRef: ref } = answer;
      if (!isSandbox || ref === null) return;
      const accepted = {
        environment: environment.name,
        address: environment.baseUrl,
        ref,
        entryId,
        logged: ended.logged,
      };
      const first = track(outcomes.follow(accepted));
      followed.set(answer, async (wait) => {
        const start = performance.now();
        const settled = await within(first, wait);
        const left = wait - (performance.now() - start);
        return settled ?? (left > 0 ? outcomes.follow(accepted, left) : null);
      });
    };

    return {
      environment,
      isSandbox,
      newBrowser: (source, signal) =>
        askForBrowser({
          ...{ target, credential, source, signal: stopOf(signal) },
          timeout: settings.current().sendTimeout,
        }),

      async send(event, verdict, { source, guestRef, signal, timeout = settings.current().sendTimeout }) {
        const leaving = { id: newEntryId(), source, event, verdict, guestRef };
        const carried = exchangeOf(leaving, target, credential, version);
        const ended = await exchange({
          ...carried,
          timeout,
          signal: stopOf(signal),
          ofRun: { secretsFreshFor },
        });
        const answer = answerOf(ended, carried.entry.verdict);
        answer.logged.catch(() => undefined);
        follow(answer, ended);
        return answer;
      },

      async outcomeOf(answer, wait, signal): Promise<RunOutcome | null> {
        const ask = followed.get(answer);
        const settled = ask === undefined ? null : await unlessAborted(signal, ask(wait));
        if (settled === null) return null;
        const { ingestion, issues, guestRef } = settled;
        return { ingestion, reasons: issues.map(({ message }) => message), guestRef };
      },

      async lookUp(by, source, signal, asked) {
        const asking: Pick<GuestApi, "ask"> = {
          async ask(question, stop) {
            const answer = await guestApi.ask(question, stop);
            asked(answer.entry.id);
            return answer;
          },
        };
        const question = { environment: environment.name, by, source, ...(production && { production }) };
        return createTenantGuests(asking, settings).lookUp(question, stopOf(signal));
      },

      redact: (value) =>
        redact({ environment: environment.name, credential, freshFor: secretsFreshFor }, (redactor) =>
          redactor.json(value),
        ),

      async settled() {
        while (logged.size > 0) await Promise.allSettled(logged);
      },
    };
  };

  return {
    async admit(name, { transport, production }) {
      const { environment, credential } = await parts.admit(name, production, transport);
      return targetOf(await targets.reach(environment), credential, production);
    },
  };
};
