import { Readable } from "node:stream";
import { AppError } from "../../../shared/contract/errors";
import type { Environment, EnvironmentView } from "../../../shared/model/environment";
import { isBuiltInName } from "../../../shared/workspace";
import type { HandlersOf } from "../dispatcher";
import { createRedaction } from "../sender/redaction";
import type { Transfers } from "../transfers/transfers-service";
import type { VaultService } from "../vault/vault-service";
import { exportEnvironments } from "./export-environments";
import { readEnvironments } from "./read-environments";
import type { WorkspaceEnvironments } from "./workspace-environments";

interface Parts {
  get(name: string): Promise<Environment>;
  view(environment: Environment): Promise<EnvironmentView>;
  workspace: WorkspaceEnvironments;
  vault: Pick<VaultService, "labelFor" | "secrets">;
  transfers: Pick<Transfers, "offer" | "take">;
  changed(): void;
}

export type ExchangeHandlers = Pick<
  HandlersOf<"environments">,
  "environments.export" | "environments.readImport" | "environments.import"
>;

const builtInIsEverywhere = (name: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${name} is built in, and every Bellhop has it.`,
    hint: "Copy it under another name, and export the copy.",
    field: "/names",
  });

/** The commands that take environments from one workspace to another, without a secret. */
export const createExchangeHandlers = ({
  get,
  view,
  workspace,
  vault,
  transfers,
  changed,
}: Parts): ExchangeHandlers => {
  const redact = createRedaction(vault);
  /** Everything that Bellhop knows to be secret, whosever it is. */
  const withMask = <T>(use: (masked: (text: string) => string) => T): Promise<T> =>
    redact({ environment: "", credential: null }, ({ text }) => use(text));

  return {
    async "environments.export"({ names, format }) {
      const builtIn = names?.find(isBuiltInName);
      if (builtIn !== undefined) throw builtInIsEverywhere(builtIn);
      const { environments: own, problem } = await workspace.state();
      // What the file said before may not be what its owner wants to give away now.
      if (problem !== null) throw problem;
      const chosen = names === undefined ? own : await Promise.all([...new Set(names)].map(get));
      const file = await withMask((masked) => exportEnvironments(chosen, format, masked));
      const { name, contentType, text, withheld } = file;
      const bytes = Buffer.from(text);
      const stream = Readable.from([bytes]);
      const ticket = transfers.offer({ stream, name, contentType, size: bytes.length });
      return { ticket, name, text, withheld };
    },
    async "environments.readImport"({ ticket }) {
      const file = await transfers.take(ticket);
      const { environments: present, problem } = await workspace.state();
      if (problem !== null) throw problem;
      return { name: file.name, items: await withMask((masked) => readEnvironments(file, present, masked)) };
    },
    async "environments.import"({ items }) {
      await workspace.merge(items);
      changed();
      return Promise.all(items.map(async ({ environment }) => view(await get(environment.name))));
    },
  };
};
