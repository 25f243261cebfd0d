import { randomUUID } from "node:crypto";
import type { CheckedInputOf } from "../../../shared/contract/commands";
import type { AwaitedChange } from "../../../shared/model/tenant-guest";
import type { Handler } from "../dispatcher";
import type { Notifications } from "../notifications";
import type { SandboxService } from "../sandbox/sandbox-service";
import type { GuestApi } from "../sender/guest-api";
import type { SettingsService } from "../settings/settings-service";
import { awaitChange, type Progress } from "./await-change";
import { createSandboxGuests, type SandboxGuestCommand } from "./sandbox-guests";
import { createTenantGuests, type TenantQuestion } from "./tenant-guests";

type GuestCommand = SandboxGuestCommand | "guests.lookUp" | "guests.awaitChange" | "guests.stopAwaiting";

interface GuestParts {
  sandbox: Pick<SandboxService, "status" | "ensureRunning">;
  guestApi: GuestApi;
  settings: SettingsService;
  notifications: Pick<Notifications, "say">;
}

const inWords = (by: TenantQuestion["by"]): string => {
  if ("ref" in by) return `the guest ${by.ref}`;
  if ("email" in by) return `the guest with the e-mail ${by.email}`;
  return `the guest whom ${by.identifier.provider} calls ${by.identifier.id}`;
};

/** Reads guests: those of the sandbox through its inspection, those of a tenant through its Guest REST API. */
export const createGuestCommands = ({
  sandbox,
  guestApi,
  settings,
  notifications,
}: GuestParts): { [C in GuestCommand]: Handler<C> } => {
  const tenants = createTenantGuests(guestApi, settings);

  const wait = (input: CheckedInputOf<"guests.awaitChange">, signal: AbortSignal): Promise<AwaitedChange> => {
    const { id, environment, by, since, within } = input;
    const until = new Date(Date.now() + within).toISOString();
    const says = `Waits for ${inWords(by)} to change in ${environment}.`;
    const progress = ({ asked, pause }: Progress): void => {
      const nextAt = pause === null ? null : new Date(Date.now() + pause).toISOString();
      notifications.say("guests.awaiting", { id, says, asked, nextAt, until });
    };
    return awaitChange({ since, within, signal, progress, ask: () => tenants.lookUp(input, signal) });
  };

  return {
    ...createSandboxGuests(sandbox),
    "guests.lookUp": (question) => guestApi.run(randomUUID(), (signal) => tenants.lookUp(question, signal)),
    "guests.awaitChange": (input) => guestApi.run(input.id, (signal) => wait(input, signal)),
    "guests.stopAwaiting": async ({ id }) => ({ stopped: guestApi.cancel(id) }),
  };
};
