import { createServer } from "node:net";
import { onTestFinished } from "vitest";
import type { PayloadOf } from "../../../../shared/contract/notifications";
import type { SandboxStatus } from "../../../../shared/model/sandbox";
import { defaultSettings, type Settings } from "../../../../shared/model/settings";
import { startDatabaseThread } from "../../database/database";
import type { Host } from "../../host";
import { createNotifications } from "../../notifications";
import { createTransfers } from "../../transfers/transfers";
import { createSandbox } from "../sandbox";
import { createSandboxCommands } from "../sandbox-commands";
import { temporaryFolder } from "./sandbox-fixture";

export interface Given {
  profileFolder?: string;
  sandbox?: Host["sandbox"];
  variables?: Host["variables"];
  settings?: Partial<Settings>;
}

/** A port that nothing listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** The sandbox of a host with a profile, and the commands on it, ended with the test. */
export const startService = async (given: Given = {}) => {
  const profileFolder = given.profileFolder ?? (await temporaryFolder());
  const problems: string[] = [];
  const host: Host = {
    version: "0",
    profileFolder,
    workspaceFolder: profileFolder,
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables: given.variables ?? {},
    fallbackCipher: async () => null,
    sandbox: given.sandbox ?? "on-demand",
    report: (problem) => problems.push(problem),
  };
  const thread = startDatabaseThread();
  const notifications = createNotifications();
  const states: SandboxStatus[] = [];
  const guestChanges: PayloadOf<"sandbox.guestsChanged">[] = [];
  notifications.listen((message) => {
    if (message.notification === "sandbox.guestsChanged") {
      guestChanges.push(message.payload as PayloadOf<"sandbox.guestsChanged">);
    }
    if (message.notification === "sandbox.changed" && "status" in message.payload) {
      states.push(message.payload.status as SandboxStatus);
    }
  });
  const port = await freePort();
  const settings = { current: () => ({ ...defaultSettings, sandboxPort: port, ...given.settings }) };
  const forgotten: string[] = [];
  const guests = {
    async forget(environments: readonly string[]) {
      forgotten.push(...environments);
    },
  };
  const service = await createSandbox({ host, notifications, settings, thread, guests });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await service.close();
    await thread.close();
  };
  onTestFinished(close);
  const transfers = createTransfers();
  onTestFinished(() => transfers.close());
  const commands = { ...service.handlers, ...createSandboxCommands({ sandbox: service, guests, transfers }) };
  return {
    ...service,
    commands,
    transfers,
    close,
    profileFolder,
    problems,
    states,
    guestChanges,
    forgotten,
    port,
  };
};
