import { isJsonValue } from "../../../shared/contract/inputs";
import type { Entry, EntrySource } from "../../../shared/model/entry";
import type { JsonValue } from "../../../shared/model/json";
import type { EnvironmentsService } from "../environments/environments-service";
import { newEntryId } from "../log/entry-id";
import type { SettingsService } from "../settings/settings-service";
import type { VaultService } from "../vault/vault-service";
import { buildGuestApiRequest, checkReader } from "./build-request";
import { checkConsent } from "./check-send";
import { explainReadFailure } from "./explain-guest-read";
import type { Exchange, Exchanged } from "./logged-exchange";
import type { Redact } from "./redaction";
import type { Sends } from "./sends";
import type { Targets } from "./target";

/** One request to a tenant's Guest REST API. */
export interface GuestApiQuestion {
  environment: string;
  /** Consent from a shell: must equal the environment's name. */
  production?: string | undefined;
  source: EntrySource;
  /** The call in a word, for the log. */
  type: "guests/find" | "guests/get";
  /** Path and query behind the environment's address, percent-encoded. */
  path: string;
  /** Whom it is about, where that is known. */
  guestRef: string | null;
}

export interface GuestApiAnswer {
  entry: Entry;
  /** Secrets masked; null where it is not JSON, is too deep to be walked through, or was cut because it is too large. */
  body: JsonValue | null;
}

/** Reads guests of tenants with all that a send has: credential, consent, time-out, redaction, and the log. */
export interface GuestApi {
  /**
   * What goes wrong on the way is in the entry.
   * @throws AppError NOT_FOUND, CREDENTIAL_MISSING, VAULT_LOCKED, CONSENT_REQUIRED, WORKSPACE_INVALID
   */
  ask(question: GuestApiQuestion, signal: AbortSignal): Promise<GuestApiAnswer>;
  /** Work that `cancel`, or the end of Bellhop, aborts. @throws AppError CLOSED, CONFLICT */
  run: Sends["run"];
  /** @returns whether there was work with this id */
  cancel: Sends["cancel"];
}

interface Parts {
  environments: Pick<EnvironmentsService, "get" | "hasConsent">;
  vault: Pick<VaultService, "credentialFor">;
  settings: SettingsService;
  targets: Pick<Targets, "reach">;
  version: string;
  redact: Redact;
  exchange(exchange: Exchange): Promise<Exchanged>;
  sends: Pick<Sends, "run" | "cancel">;
}

/** Bytes of an answer that are looked at: a guest has some kilobytes, and a window has to show it. */
const largest = 1024 ** 2;

const parse = (body: Buffer | null): JsonValue | null => {
  if (body === null || body.length > largest) return null;
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return isJsonValue(value) ? value : null;
  } catch {
    return null;
  }
};

export const createGuestApi = (parts: Parts): GuestApi => {
  const { environments, vault, settings, targets, version, redact, exchange, sends } = parts;

  /** As for a send, but any transport will do: the Guest REST API has its own way. @throws AppError */
  const admit = async (name: string, production: string | undefined) => {
    const environment = await environments.get(name);
    const credential = await vault.credentialFor(environment);
    checkReader(environment, credential);
    await checkConsent(environments, environment, production, "read");
    return { environment, credential };
  };

  return {
    run: sends.run,
    cancel: sends.cancel,
    async ask({ environment: name, production, source, type, path, guestRef }, signal) {
      const { environment: admitted, credential } = await admit(name, production);
      const { environment, route, refusal, explain } = await targets.reach(admitted);
      const { entry, body } = await exchange({
        entry: {
          id: newEntryId(),
          kind: "guest",
          source,
          type,
          guestRef,
          event: null,
          verdict: { catalog: environment.catalog, schema: "unchecked", issues: [], ingestion: "unknown" },
        },
        request: buildGuestApiRequest(environment, path, credential, version),
        ...{ environment, credential, route, refusal, signal },
        timeout: settings.current().sendTimeout,
        explain: (error) => explainReadFailure(explain(error)),
      });
      const parsed = parse(body);
      const clean = await redact({ environment: environment.name, credential }, ({ json }) => json(parsed));
      return { entry, body: clean };
    },
  };
};
