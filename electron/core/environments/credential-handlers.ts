import { AppError } from "../../../shared/contract/errors";
import type { Environment, EnvironmentView } from "../../../shared/model/environment";
import type { HandlersOf } from "../dispatcher";
import { Secret } from "../vault/secret";
import type { VaultService } from "../vault/vault-service";

interface Parts {
  get(name: string): Promise<Environment>;
  view(environment: Environment): Promise<EnvironmentView>;
  vault: VaultService;
  changed(): void;
}

/** The commands on credentials: secrets go in, none comes out. */
export const createCredentialHandlers = ({
  get,
  view,
  vault,
  changed,
}: Parts): Omit<HandlersOf<"credentials">, "credentials.test"> => ({
  "credentials.list": () => vault.list(),
  async "credentials.set"({ environment: name, clientKey, apiToken, contextId }) {
    const environment = await get(name);
    await vault.set(environment, {
      ...(clientKey !== undefined && { clientKey: new Secret(clientKey) }),
      ...(apiToken !== undefined && { apiToken: new Secret(apiToken) }),
      ...(contextId !== undefined && { contextId: new Secret(contextId) }),
    });
    changed();
    return view(environment);
  },
  async "credentials.confirmOrigin"({ environment: name, origin }) {
    const environment = await get(name);
    await vault.confirmOrigin(environment, origin);
    changed();
    return view(environment);
  },
  async "credentials.remove"({ environment: name }) {
    const environment = await get(name).catch(async (error: unknown) => {
      // A credential outlives an environment that was taken out of the file by hand: it can still be forgotten.
      if (!(await vault.list()).some((record) => record.environment === name)) throw error;
      return null;
    });
    await vault.remove(environment ?? name);
    changed();
    if (environment === null) return null;
    const after = await view(environment);
    if (after.credential.state !== "present" || after.credential.from === "vault") return after;
    throw new AppError({
      code: "CONFLICT",
      message: `The credential of ${name} comes from this process's variables, not from the vault.`,
      hint: "Unset the variables BELLHOP_CLIENT_KEY_…, BELLHOP_API_TOKEN_… and BELLHOP_CONTEXT_ID_… to be without it.",
    });
  },
});
