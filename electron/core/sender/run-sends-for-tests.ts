import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import { startDatabaseThread } from "../database/database";
import { openOnOwnThread } from "../database/open-on-own-thread";
import { createEnvironments } from "../environments/environments";
import { createGuests } from "../guests/guests";
import type { Host } from "../host";
import { createLog } from "../log/log";
import { createNotifications } from "../notifications";
import { openProfileDatabase } from "../profile-database";
import { createSandbox } from "../sandbox/sandbox";
import { createSettings } from "../settings/settings";
import { createTransfers } from "../transfers/transfers";
import { createVault } from "../vault/vault";
import { createCaFiles } from "../workspace/ca-files";
import { createSender } from "./sender";

/** A real sender with all that it stands on, on a temporary profile, and its door for runs. */
export const openRunSends = async (variables: Record<string, string> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-runs-"));
  const host: Host = {
    version: "1.2.3",
    profileFolder: join(folder, "profile"),
    workspaceFolder: folder,
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables,
    fallbackCipher: async () => null,
    sandbox: "on-demand",
    // Such as that the sandbox's usual port is taken.
    report: () => undefined,
  };
  await mkdir(host.profileFolder);
  const file = join(host.profileFolder, "bellhop.db");
  const notifications = createNotifications();
  const thread = startDatabaseThread();
  const database = await openProfileDatabase(thread, file);
  const settings = await createSettings({ host, notifications });
  const transfers = createTransfers();
  const caFiles = createCaFiles(host.workspaceFolder);
  const vault = await createVault({ host, caFiles });
  const guests = createGuests({ database, notifications });
  const sandbox = await createSandbox({ host, notifications, settings, thread, guests });
  const environments = await createEnvironments({
    ...{ host, notifications, vault, sandbox, database, transfers },
  });
  const openForSearches = () => openOnOwnThread(file);
  const journalFolder = join(host.profileFolder, "log-journal");
  const log = await createLog({ database, journalFolder, notifications, transfers, openForSearches });
  const sender = createSender({
    ...{ environments, vault, log, guests, sandbox, settings, caFiles, variables: {}, version: host.version },
  });
  return {
    file,
    journalFolder,
    log,
    database,
    environments,
    runSends: sender.runSends,
    async addEnvironment(
      change: Partial<Environment> & Pick<Environment, "name" | "baseUrl">,
    ): Promise<void> {
      const environment: Environment = {
        ...{ colour: "blue", transport: "spec", catalog: "spec", channel: "WEB", pos: "shop" },
        ...{ currency: "EUR", language: "EN", production: false, vars: {} },
        ...change,
      };
      await environments.handlers["environments.save"]({ environment });
    },
    closeSender: sender.close,
    async close(): Promise<void> {
      await sender.close();
      await sandbox.close();
      await log.close();
      await environments.close();
      await vault.close();
      await transfers.close();
      await database.close().catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
      await thread.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export type OpenRunSends = Awaited<ReturnType<typeof openRunSends>>;
