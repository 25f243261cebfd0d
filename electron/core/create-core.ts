import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CommandName, InputOf, OutputOf } from "../../shared/contract/commands";
import type { Envelope } from "../../shared/contract/messages";
import { createAppCommands } from "./app/app-commands";
import { createBatches } from "./batches/batches";
import { startDatabaseThread } from "./database/database";
import { openOnOwnThread } from "./database/open-on-own-thread";
import {
  checkSandboxFile,
  noteTrouble,
  openProfileDatabaseSafely,
  profileDatabaseFile,
  troubleWords,
} from "./database/profile-files";
import { createDispatcher } from "./dispatcher";
import { createDrafts } from "./drafts/drafts";
import { createTemplates } from "./drafts/templates";
import { createCredentialTests } from "./environments/credential-tests";
import { createEnvironments } from "./environments/environments";
import { createGuestCommands } from "./guests/guest-commands";
import { createGuests } from "./guests/guests";
import type { Host } from "./host";
import { createLayout } from "./layout/layout";
import { createLog } from "./log/log";
import { createNotifications, type Notifications } from "./notifications";
import { createNotices, type NewNotice, type Notices } from "./reports/notices";
import { createReports, type Reports } from "./reports/reports";
import { createSandboxCommands } from "./sandbox/sandbox-commands";
import { createSandbox } from "./sandbox/sandbox";
import { createExportCommand } from "./scenarios/export/export-command";
import type { RunResults } from "./scenarios/run-results";
import { createRuns } from "./scenarios/runs/create-runs";
import { makeSampleWorkspace } from "./scenarios/create/sample-workspace";
import { createScenarios } from "./scenarios/scenario-commands";
import { underLock } from "./profile/claim-lock";
import { createRedaction } from "./sender/redaction";
import { createSender } from "./sender/sender";
import { createSettings } from "./settings/settings";
import { createTransfers } from "./transfers/transfers";
import type { Transfers } from "./transfers/transfers-service";
import { createVault } from "./vault/vault";
import { createCaFiles } from "./workspace/ca-files";

/** The whole of Bellhop without a window: what a host starts and talks to. */
export interface Core {
  /** Runs a command. Never throws: every answer is an envelope. The input is checked, so it may come from anywhere. */
  call<C extends CommandName>(command: C, input: InputOf<C>): Promise<Envelope<OutputOf<C>>>;
  notifications: Notifications;
  transfers: Transfers;
  /** Every result of the runs of this process, for reporters. */
  results: RunResults;
  /** What a person must know of Bellhop itself; hosts add what happens to them. */
  notices: Notices;
  /** Where errors of Bellhop itself are kept. */
  reports: Reports;
  /** Ends what runs, so that every entry has an outcome and every file is closed. */
  close(): Promise<void>;
}

/**
 * The composition root: makes every feature, gives each what it needs, and joins their commands.
 *
 * @param host what differs between the desktop, the loopback host and the command line
 * @throws AppError DATABASE_FAILED when the profile cannot be used
 */
export const createCore = async (host: Host): Promise<Core> => {
  await mkdir(host.profileFolder, { recursive: true, mode: 0o700 });
  const notifications = createNotifications((problem) => host.report(problem));
  const notices = createNotices(notifications);
  const tell = (notice: NewNotice): void => {
    notices.add("database", notice);
    host.report([notice.message, notice.hint ?? ""].join("\n").trim());
  };
  // Until the vault is open, nothing could be redacted.
  let keepReport: Reports["keep"] = () => Promise.resolve(null);
  const thread = startDatabaseThread({
    told(trouble) {
      tell(troubleWords(trouble));
      void noteTrouble(trouble);
      if (trouble.kind === "thread") void keepReport("The database's thread ended", trouble.reason);
    },
  });
  const file = profileDatabaseFile(host.profileFolder);
  const alone = <T>(work: () => Promise<T>): Promise<T> => underLock(`${file}.lock`, work);
  const { profileFolder } = host;
  const database = await openProfileDatabaseSafely({ thread, profileFolder, alone, tell });
  if (host.sandbox !== "fresh") await checkSandboxFile({ thread, profileFolder, alone, tell });
  await makeSampleWorkspace({ host, database });

  const settings = await createSettings({ host, notifications, notices });
  const transfers = createTransfers();
  const caFiles = createCaFiles(host.workspaceFolder);
  const vault = await createVault({ host, caFiles });
  const reports = createReports({ host, notifications, notices, redact: createRedaction(vault) });
  keepReport = reports.keep;
  const guests = createGuests({ database, notifications });
  const sandbox = await createSandbox({ host, notifications, settings, thread, guests });
  const environments = await createEnvironments({
    ...{ host, notifications, vault, sandbox, database, transfers },
  });
  const openForSearches = () => openOnOwnThread(file);
  const journalFolder = join(host.profileFolder, "log-journal");
  const log = await createLog({
    ...{ database, journalFolder, notifications, transfers, openForSearches, version: host.version },
    keep: () => ({
      keepDays: settings.current().logKeepDays,
      keepMegabytes: settings.current().logKeepMegabytes,
    }),
  });
  const sender = createSender({
    ...{ environments, vault, log, guests, sandbox, settings },
    ...{ caFiles, version: host.version, variables: host.variables },
  });
  const batches = createBatches({
    ...{ transfers, notifications, environments, runSends: sender.runSends },
    ...sender.forBatches,
  });
  const drafts = createDrafts({ database, notifications, transfers });
  const scenarios = createScenarios({
    ...{ host, database, notifications, transfers, log, environments },
    lastRuns: (paths) => runs.lastOf(paths),
  });
  const runs = await createRuns({
    ...{ host, database, notifications, environments, sandbox, guests },
    ...{ runSends: sender.runSends, trusted: scenarios.trusted },
  });

  const call = createDispatcher(
    {
      ...createAppCommands({ host, vault }),
      ...reports.handlers,
      ...settings.handlers,
      ...environments.handlers,
      ...createCredentialTests({ environments, vault, settings, sender }),
      ...sandbox.handlers,
      ...createSandboxCommands({ sandbox, guests, transfers }),
      ...log.handlers,
      ...createGuestCommands({ sandbox, settings, notifications, guestApi: sender.guestApi }),
      ...sender.handlers,
      ...batches.handlers,
      ...drafts.handlers,
      ...createTemplates({ database, notifications }).handlers,
      ...scenarios.handlers,
      ...createExportCommand({ host, environments }),
      ...runs.handlers,
      ...createLayout({ database }),
    },
    (problem) => {
      host.report(problem);
      void reports.keep("A command failed", problem);
    },
  );

  return {
    call,
    notifications,
    transfers,
    results: runs.results,
    notices,
    reports,
    async close() {
      notifications.say("app.closing", { reason: "Bellhop is closing." });
      scenarios.close();
      settings.close();
      // Before the sender, so that what a run has under way still gets its outcome.
      await runs.close();
      await batches.close();
      await sender.close();
      await sandbox.close();
      await log.close();
      await environments.close();
      await vault.close();
      await transfers.close();
      await database.close();
      await thread.close();
    },
  };
};
