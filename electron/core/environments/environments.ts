import { join } from "node:path";
import { nearestOf } from "../../../shared/catalog/nearest-name";
import type { ErrorData } from "../../../shared/contract/errors";
import { isSandboxName } from "../../../shared/environment-names";
import type { Environment, EnvironmentView } from "../../../shared/model/environment";
import { builtInNames, workspaceFileName } from "../../../shared/workspace";
import type { Database } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { Notifications } from "../notifications";
import type { SandboxService } from "../sandbox/sandbox-service";
import type { Transfers } from "../transfers/transfers-service";
import type { VaultService } from "../vault/vault-service";
import { noticeFile } from "../workspace/notice-file";
import { createWorkspaceFile } from "../workspace/workspace-file";
import { builtInEnvironments } from "./built-in-environments";
import { noEnvironment } from "./check-environment";
import { createCredentialHandlers } from "./credential-handlers";
import { createExchangeHandlers } from "./exchange-handlers";
import { createEnvironmentHandlers } from "./environment-handlers";
import { createEnvironmentSelection } from "./environment-selection";
import type { EnvironmentsService } from "./environments-service";
import { createWorkspaceEnvironments, type OwnEnvironments } from "./workspace-environments";

export interface Environments extends EnvironmentsService {
  handlers: HandlersOf<"environments"> & Omit<HandlersOf<"credentials">, "credentials.test">;
  close(): Promise<void>;
}

/** The environments of a session: those built in, and those of the workspace's `bellhop.yaml`. */
export const createEnvironments = async ({
  host,
  notifications,
  vault,
  sandbox,
  database,
  transfers,
}: {
  host: Pick<Host, "profileFolder" | "workspaceFolder" | "report">;
  notifications: Notifications;
  vault: VaultService;
  sandbox: Pick<SandboxService, "address">;
  database: Database;
  transfers: Pick<Transfers, "offer" | "take">;
}): Promise<Environments> => {
  const workspace = createWorkspaceEnvironments(
    createWorkspaceFile(host.workspaceFolder, host.profileFolder),
  );
  const selection = createEnvironmentSelection(database, host.workspaceFolder);
  /** What was agreed to, with all that it was agreed for: another address, proxy or CA file is another consent. */
  const consents = new Map<string, string>();

  /** All there are; while the workspace's file is broken, those it had when it could last be read. */
  const all = async (): Promise<OwnEnvironments> => {
    const builtIn = builtInEnvironments(await sandbox.address());
    const own = await workspace.state();
    return { ...own, environments: [...builtIn, ...own.environments] };
  };

  const allNames = async (): Promise<string[]> => {
    const { environments } = await workspace.state();
    return [...builtInNames, ...environments.map(({ name }) => name)];
  };

  /** Asked for by every send, so only what it takes is looked at: the sandbox's address, or the workspace's file. */
  const get = async (name: string): Promise<Environment> => {
    const address = isSandboxName(name) ? await sandbox.address() : "";
    const builtIn = builtInEnvironments(address).find((environment) => environment.name === name);
    if (builtIn !== undefined) return builtIn;
    const own = await workspace.state();
    const found = own.environments.find((environment) => environment.name === name);
    if (found !== undefined) return found;
    // It may stand in what cannot be read.
    if (own.problem !== null) throw own.problem;
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
    const { environments, problem, defaultName } = await all();
    const names = environments.map(({ name }) => name);
    const usual = defaultName ?? "sandbox";
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
    const { defaultName, problem, isKnown } = await workspace.state();
    if (problem !== null && !isKnown) throw problem;
    return get(defaultName ?? "sandbox");
  };

  const changed = (): void => notifications.say("environments.changed", {});
  vault.connect({ names: allNames, changed });

  const noticed = [join(host.workspaceFolder, workspaceFileName), join(host.profileFolder, "vault.bin")].map(
    (file) => noticeFile(file, changed),
  );

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
      ...createExchangeHandlers({ ...shared, workspace, transfers }),
      ...createCredentialHandlers(shared),
    },
    async close() {
      for (const notice of noticed) notice.close();
    },
  };
};
