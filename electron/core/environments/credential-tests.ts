import { randomUUID } from "node:crypto";
import { AppError } from "../../../shared/contract/errors";
import type { CredentialTest } from "../../../shared/model/credential-test";
import type { HandlersOf } from "../dispatcher";
import type { GuestApi } from "../sender/guest-api";
import type { NewBrowser } from "../sender/guest-calls";
import { NoBrowser } from "../sender/no-browser";
import type { GuestQuestion } from "../sender/sender";
import type { SettingsService } from "../settings/settings-service";
import type { VaultService } from "../vault/vault-service";
import type { EnvironmentsService } from "./environments-service";
import { foundByGuest, foundByRead, refusedGuest } from "./test-findings";

interface Parts {
  environments: Pick<EnvironmentsService, "get">;
  vault: Pick<VaultService, "credentialFor">;
  settings: Pick<SettingsService, "current">;
  sender: {
    guestApi: Pick<GuestApi, "ask" | "run">;
    askForGuest(question: GuestQuestion, signal: AbortSignal): Promise<NewBrowser>;
  };
}

/** A person has no such address (RFC 2606), so that the answer to the search holds no person's data. */
const nobody = "nobody.bellhop-credential-test@example.com";

const createsOneGuest = (name: string): AppError =>
  new AppError({
    code: "CONSENT_REQUIRED",
    message: `${name} has no API token, so its client key can only be tested by a call that creates one anonymous guest.`,
    hint: "Agree to it in the window, say --create-guest in a shell, or add the API token: then a read is enough.",
    field: "/createsGuest",
  });

const cancelled = (): AppError =>
  new AppError({ code: "CANCELLED", message: "The test of the credential was cancelled." });

/** Tests credentials the way they are used: with consent, time-out, redaction and the log. */
export const createCredentialTests = ({
  environments,
  vault,
  settings,
  sender,
}: Parts): Pick<HandlersOf<"credentials">, "credentials.test"> => {
  const byRead = async (question: GuestQuestion, signal: AbortSignal): Promise<CredentialTest> => {
    const path = `/${settings.current().guestApi}/guests?email=${encodeURIComponent(nobody)}&limit=1`;
    const request = { ...question, type: "guests/find", path, guestRef: null } as const;
    const answer = await sender.guestApi.ask(request, signal);
    if (answer.entry.error?.code === "ABORTED") throw cancelled();
    return foundByRead(answer, await environments.get(question.environment));
  };

  const byGuest = async (question: GuestQuestion, signal: AbortSignal): Promise<CredentialTest> => {
    const environment = await environments.get(question.environment);
    try {
      return foundByGuest(await sender.askForGuest(question, signal), environment);
    } catch (error) {
      if (error instanceof NoBrowser) return refusedGuest(error, environment);
      throw error;
    }
  };

  return {
    "credentials.test": ({
      environment: name,
      createsGuest,
      production,
      source = { kind: "composer" },
      id = randomUUID(),
    }) =>
      sender.guestApi.run(id, async (signal) => {
        const { apiToken } = await vault.credentialFor(await environments.get(name));
        const question = { environment: name, production, source };
        if (apiToken !== null) return byRead(question, signal);
        if (createsGuest !== true) throw createsOneGuest(name);
        return byGuest(question, signal);
      }),
  };
};
