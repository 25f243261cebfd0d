import { unwatchFile, watchFile, type Stats } from "node:fs";
import { join } from "node:path";
import { nearestOf } from "../../../shared/catalog/nearest-name";
import { AppError, type ErrorData } from "../../../shared/contract/errors";
import { isSandboxName } from "../../../shared/environment-names";
import type { Environment, EnvironmentView } from "../../../shared/model/environment";
import { builtInNames, workspaceFileName } from "../../../shared/workspace";
import type { Database } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { Notifications } from "../notifications";
import type { SandboxService } from "../sandbox/sandbox-service";
import type { VaultService } from "../vault/vault-service";
import { createWorkspaceFile } from "../workspace/workspace-file";
import { builtInEnvironments } from "./built-in-environments";
import { noEnvironment } from "./check-environment";
import { createCredentialHandlers } from "./credential-handlers";
import { createEnvironmentHandlers } from "./environment-handlers";
import { createEnvironmentSelection } from "./environment-selection";
import type { EnvironmentsService } from "./environments-service";
import { createWorkspaceEnvironments } from "./workspace-environments";

/** Milliseconds between looks at the files that other programs change. */
const look = 1000;

export interface Environments extends EnvironmentsService {
  handlers: HandlersOf<"environments"> & HandlersOf<"credentials">;
  close(): Promise<void>;
}

/** The environments of a session: those built in, and those of the workspace's `bellhop.yaml`. */
export const createEnvironments = async ({
  host,
  notifications,
  vault,
  sandbox,
  database,
}: {
  host: Pick<Host, "profileFolder" | "workspaceFolder" | "report">;
  notifications: Notifications;
  vault: VaultService;
  sandbox: Pick<SandboxService, "address">;
  database: Database;
}): Promise<Environments> => {
  const workspace = createWorkspaceEnvironments(
    createWorkspaceFile(host.workspaceFolder, host.profileFolder),
  );
  const selection = createEnvironmentSelection(database, host.workspaceFolder);
  /** What was agreed to, with all that it was agreed for: another address, proxy or CA file is another consent. */
  const consents = new Map<string, string>();

  /** All there are; with a broken workspace file those built in, and what is wrong with it. */
  const all = async (): Promise<{ environments: Environment[]; problem: AppError | null }> => {
    const builtIn = builtInEnvironments(await sandbox.address());
    let own: Environment[] = [];
    let problem: AppError | null = null;
    try {
      own = await workspace.list();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problem = error;
    }
    return { environments: [...builtIn, ...own], problem };
  };

  const allNames = async (): Promise<string[]> => {
    const own = await workspace.list().catch((error: unknown) => {
      if (error instanceof AppError) return [];
      throw error;
    });
    return [...builtInNames, ...own.map(({ name }) => name)];
  };

  /** Asked for by every send, so only what it takes is looked at: the sandbox's address, or the workspace's file. */
  const get = async (name: string): Promise<Environment> => {
    const address = isSandboxName(name) ? await sandbox.address() : "";
    const builtIn = builtInEnvironments(address).find((environment) => environment.name === name);
    const found = builtIn ?? (await workspace.list()).find((environment) => environment.name === name);
    if (found !== undefined) return found;
    const names = await allNames();
    throw noEnvironment(name, names, nearestOf(names)(name));
  };

  const hasConsent = async (environment: Environment): Promise<boolean> =>
    consents.get(environment.name) === (await vault.bindingOf(environment));

  const view = async (environment: Environment): Promise<EnvironmentView> => ({
    ...environment,
    builtIn: builtInEnvironments("").some(({ name }) => name === environment.name),
    sandbox: isSandboxName(environment.name),
    credential: await vault.statusOf(environment),
    consented: await hasConsent(environment),
  });

  const list = async (): Promise<EnvironmentView[]> =>
    Promise.all((await all()).environments.map((environment) => view(environment)));

  const state = async (): Promise<{
    environments: EnvironmentView[];
    selected: string;
    default: string;
    problem: ErrorData | null;
  }> => {
    const { environments, problem } = await all();
    const names = environments.map(({ name }) => name);
    const usual = problem === null ? ((await workspace.defaultName()) ?? "sandbox") : "sandbox";
    const chosen = await selection.get();
    return {
      environments: await Promise.all(environments.map((environment) => view(environment))),
      selected: chosen !== null && names.includes(chosen) ? chosen : usual,
      default: usual,
      problem: problem?.toData() ?? null,
    };
  };

  const selected = async (): Promise<Environment> => {
    const chosen = await selection.get();
    if (chosen !== null && (await allNames()).includes(chosen)) return get(chosen);
    return get((await workspace.defaultName()) ?? "sandbox");
  };

  const changed = (): void => notifications.say("environments.changed", {});
  vault.connect({ names: allNames, changed });

  // Polled, because an editor or another Bellhop replaces these files, which ends a watch on the file itself.
  const watched = [join(host.workspaceFolder, workspaceFileName), join(host.profileFolder, "vault.bin")];
  const looked = (now: Stats, before: Stats): void => {
    if (now.mtimeMs !== before.mtimeMs || now.ino !== before.ino || now.size !== before.size) changed();
  };
  for (const file of watched) watchFile(file, { persistent: false, interval: look }, looked);

  const shared = { get, view, vault, changed };
  return {
    get,
    list,
    selected,
    hasConsent,
    handlers: {
      ...createEnvironmentHandlers({
        ...shared,
        state,
        workspace,
        selection,
        async consent(environment) {
          consents.set(environment.name, await vault.bindingOf(environment));
        },
        report: (problem) => host.report(problem),
      }),
      ...createCredentialHandlers(shared),
    },
    async close() {
      for (const file of watched) unwatchFile(file, looked);
    },
  };
};
