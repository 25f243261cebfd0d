import { AppError } from "../../../shared/contract/errors";
import type { Environment, EnvironmentView } from "../../../shared/model/environment";
import type { OutputOf } from "../../../shared/contract/commands";
import type { HandlersOf } from "../dispatcher";
import type { VaultService } from "../vault/vault-service";
import type { ExchangeHandlers } from "./exchange-handlers";
import type { EnvironmentSelection } from "./environment-selection";
import type { WorkspaceEnvironments } from "./workspace-environments";

interface Parts {
  get(name: string): Promise<Environment>;
  view(environment: Environment): Promise<EnvironmentView>;
  state(): Promise<OutputOf<"environments.list">>;
  workspace: WorkspaceEnvironments;
  selection: EnvironmentSelection;
  vault: VaultService;
  consent(environment: Environment): Promise<void>;
  changed(): void;
  report(problem: string): void;
}

/** The commands on environments. Each change says `environments.changed`. */
export const createEnvironmentHandlers = ({
  get,
  view,
  state,
  workspace,
  selection,
  vault,
  consent,
  changed,
  report,
}: Parts): Omit<HandlersOf<"environments">, keyof ExchangeHandlers> => {
  /** Carries along what is kept under an environment's name. */
  const follow = async (before: Environment, name: string): Promise<void> => {
    if ((await selection.get()) === before.name) await selection.set(name);
    await vault.rename(before, name);
  };

  return {
    "environments.list": () => state(),
    async "environments.select"({ name }) {
      await get(name);
      await selection.set(name);
      changed();
      return null;
    },
    async "environments.save"({ environment, replaces, expected }) {
      const isRename = replaces !== undefined && replaces !== environment.name;
      // Before the file is changed: a locked vault could not carry the credential along.
      if (isRename) await vault.list();
      const before = isRename ? await get(replaces) : null;
      await workspace.save(environment, replaces, expected);
      if (before !== null) await follow(before, environment.name);
      changed();
      return view(await get(environment.name));
    },
    async "environments.copy"({ from, name }) {
      const source = await get(from);
      await workspace.save({ ...source, name });
      changed();
      return view(await get(name));
    },
    async "environments.remove"({ name }) {
      const environment = await get(name);
      await workspace.remove(name);
      if ((await selection.get()) === name) await selection.clear();
      await vault.remove(environment).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        report(`${name} was removed, but its credential could not be: ${error.message}`);
      });
      changed();
      return null;
    },
    async "environments.consent"({ name, baseUrl }) {
      const environment = await get(name);
      // The workspace file may have changed while the person was reading.
      if (environment.baseUrl !== baseUrl)
        throw new AppError({
          code: "CONFLICT",
          message: `${name} is now at ${environment.baseUrl}, and the consent was for ${baseUrl}.`,
          hint: "Look at the address again, and agree if it is right.",
          field: "/baseUrl",
        });
      await consent(environment);
      changed();
      return null;
    },
  };
};
