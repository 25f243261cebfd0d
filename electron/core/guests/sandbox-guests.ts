import { AppError } from "../../../shared/contract/errors";
import type { Handler } from "../dispatcher";
import type { SandboxService } from "../sandbox/sandbox-service";
import { askInspection } from "./ask-inspection";
import { eventsShape, historyShape, listShape, profileShape } from "./sandbox-shapes";

export type SandboxGuestCommand = "guests.list" | "guests.profile" | "guests.history" | "guests.events";

const notRunning = (): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: "The sandbox is not running, so its guests cannot be read.",
    hint: "Start it from the status bar, or send an event to it.",
  });

/** `?a=1&b=2` of the fields that are given. */
const queryOf = (fields: Record<string, string | number | undefined>): string => {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return given.length === 0 ? "" : `?${given.join("&")}`;
};

/** Reads the guests of the running sandbox by its inspection, whichever process it is in. */
export const createSandboxGuests = (
  sandbox: Pick<SandboxService, "status" | "ensureRunning">,
): { [C in SandboxGuestCommand]: Handler<C> } => {
  /** Looking at guests starts no sandbox, but waits for one that starts. @throws AppError UNREACHABLE */
  const address = async (): Promise<string> => {
    const status = await sandbox.status();
    if (status.state === "running") return status.url;
    if (status.state === "starting") return sandbox.ensureRunning();
    if (status.state === "stopped") throw notRunning();
    throw new AppError({ code: "UNREACHABLE", message: status.message, hint: status.hint });
  };
  const guest = (ref: string): string => `/_sandbox/guests/${encodeURIComponent(ref)}`;

  return {
    async "guests.list"(search) {
      const path = `/_sandbox/guests${queryOf(search)}`;
      const { items, total } = await askInspection(await address(), path, listShape);
      return { rows: items, total };
    },
    "guests.profile": async ({ ref, at }) =>
      askInspection(await address(), `${guest(ref)}${queryOf({ at })}`, profileShape),
    "guests.history": async ({ ref, ...page }) =>
      askInspection(await address(), `${guest(ref)}/history${queryOf(page)}`, historyShape),
    "guests.events": async ({ ref, ...page }) =>
      askInspection(await address(), `${guest(ref)}/events${queryOf(page)}`, eventsShape),
  };
};
