import { resolve } from "node:path";
import type { ScenarioReading } from "../../../shared/model/scenario";
import { scenarioSchema } from "../../../shared/scenario/scenario-schema";
import type { Database } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { EnvironmentsService } from "../environments/environments-service";
import type { Host } from "../host";
import type { LogService } from "../log/log-service";
import type { Notifications } from "../notifications";
import type { Transfers } from "../transfers/transfers-service";
import { createScenarioTexts } from "./create/create-scenario";
import { scenarioTemplates } from "./create/scenario-templates";
import { editScenario } from "./edit/edit-scenario";
import { slugOf } from "./files/data-tables";
import type { LastRuns } from "./files/list-files";
import { createScenarioFiles } from "./files/scenario-files";
import { chooseEnvironment } from "./load/choose-environment";
import { checkScenario } from "./load/load-scenario";
import { workspaceOf } from "./files/workspace-of";
import { createTrustedFolders, type TrustedFolders } from "./files/trusted-folders";

interface ScenarioParts {
  host: Pick<Host, "workspaceFolder">;
  database: Database;
  notifications: Notifications;
  transfers: Pick<Transfers, "take">;
  log: Pick<LogService, "detail">;
  environments: Pick<EnvironmentsService, "get" | "list" | "selected">;
  /** How the last run of each of these files ended, from the history of runs. */
  lastRuns?: LastRuns;
}

export interface Scenarios {
  handlers: Omit<HandlersOf<"scenarios">, "scenarios.export">;
  /** Whether a file may use more than the sandbox: asked before a run. */
  trusted: Pick<TrustedFolders, "isTrusted">;
  close(): void;
}

const noRuns: LastRuns = async () => new Map();

/** The scenarios of the workspace: their files, and what a person does to them. */
export const createScenarios = ({
  host,
  database,
  notifications,
  transfers,
  log,
  environments,
  lastRuns = noRuns,
}: ScenarioParts): Scenarios => {
  const workspace = host.workspaceFolder;
  const trusted = createTrustedFolders(database, workspace);
  const changed = (paths: string[]): void => notifications.say("scenarios.changed", { paths });
  const read = async (
    text: string | undefined,
    path: string,
    environment?: string,
  ): Promise<ScenarioReading> =>
    checkScenario({
      workspace: await workspaceOf(workspace, path),
      file: path,
      ...(text !== undefined && { text }),
      environment: await chooseEnvironment(environments, environment),
    });
  const textOf = createScenarioTexts({ log, environments });
  const files = createScenarioFiles({
    ...{ workspace, transfers, lastRuns, changed },
    read: (text, path) => read(text, path),
  });

  return {
    trusted,
    handlers: {
      // A person opened Bellhop on this folder: that is trust. What lies elsewhere is asked about.
      "scenarios.list": async () => ({ ...(await files.list()), trusted: true }),
      async "scenarios.read"({ path }) {
        const text = await files.read(path);
        return { ...text, trusted: await trusted.isTrusted(resolve(workspace, text.path)) };
      },
      "scenarios.check": ({ path, text, environment }) => read(text, path, environment),
      async "scenarios.edit"({ path, text, edits }) {
        const after = editScenario(text, edits);
        return { text: after, ...(await read(after, path)) };
      },
      "scenarios.save": (input) => files.save(input),
      "scenarios.rename": ({ path, to }) => files.rename(path, to),
      "scenarios.remove": ({ path }) => files.remove(path),
      "scenarios.addData": ({ path, ticket }) => files.addData(path, ticket),
      "scenarios.readData": (input) => files.readData(input),
      async "scenarios.trust"({ folder }) {
        await trusted.trust(folder);
        changed([]);
        return null;
      },
      "scenarios.schema": async () => scenarioSchema,
      "scenarios.templates": async () => scenarioTemplates(),
      async "scenarios.create"({ name, folder = "scenarios", from }) {
        const text = await textOf({ name, from });
        return files.add(folder, slugOf(name, "scenario").toLowerCase(), text);
      },
    },
    close: () => files.close(),
  };
};
