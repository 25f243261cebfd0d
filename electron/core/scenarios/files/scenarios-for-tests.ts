import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Notification } from "../../../../shared/contract/messages";
import { startDatabaseThread, type DatabaseThread } from "../../database/database";
import { builtInEnvironments } from "../../environments/built-in-environments";
import { createNotifications } from "../../notifications";
import { openProfileDatabase } from "../../profile-database";
import { createTransfers } from "../../transfers/transfers";
import { createLog } from "../../log/log";
import { openOnOwnThread } from "../../database/open-on-own-thread";
import { createScenarios } from "../scenario-commands";
import type { LastRuns } from "./list-files";

/** The scenario commands on a temporary workspace and profile of the test's own, with what they said. */
export const useScenarios = () => {
  let root = "";
  let closing: (() => Promise<void> | void)[] = [];
  let thread: DatabaseThread;

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "bellhop-scenarios-")));
    thread = startDatabaseThread();
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
    await thread.close();
    await rm(root, { recursive: true, force: true });
  });

  const write = async (path: string, text: string | Uint8Array): Promise<string> => {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  };

  return {
    root: () => root,
    workspace: () => join(root, "workspace"),
    write,
    /** @param said gets the paths of each `scenarios.changed` */
    async start({
      lastRuns,
      said = () => undefined,
    }: { lastRuns?: LastRuns; said?: (paths: string[]) => void } = {}) {
      const file = join(root, "profile.db");
      const database = await openProfileDatabase(thread, file);
      const notifications = createNotifications((problem) => {
        throw new Error(problem);
      });
      notifications.listen(({ notification, payload }: Notification) => {
        if (notification === "scenarios.changed") said((payload as { paths: string[] }).paths);
      });
      const transfers = createTransfers();
      const log = await createLog({
        ...{ database, notifications, transfers },
        journalFolder: join(root, "log-journal"),
        openForSearches: () => openOnOwnThread(file),
      });
      const host = { workspaceFolder: join(root, "workspace") };
      const [sandbox] = builtInEnvironments("http://127.0.0.1:4680").filter(({ name }) => name === "sandbox");
      if (sandbox === undefined) throw new Error("There is no sandbox among the environments.");
      const environments = { get: async () => sandbox, selected: async () => sandbox, list: async () => [] };
      const scenarios = createScenarios({
        ...{ host, database, notifications, transfers, log, environments },
        ...(lastRuns && { lastRuns }),
      });
      closing.push(
        () => database.close(),
        () => transfers.close(),
        () => log.close(),
        () => scenarios.close(),
      );
      return { ...scenarios, call: scenarios.handlers, transfers, log };
    },
  };
};
