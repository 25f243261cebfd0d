import { AppError } from "../../../shared/contract/errors";
import { isSandboxName } from "../../../shared/environment-names";
import type { EntryError } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { SandboxService } from "../sandbox/sandbox-service";
import type { SettingsService } from "../settings/settings-service";
import type { CaFiles } from "../workspace/ca-files";
import type { Route } from "./http-client";

/** An environment as a send meets it: where it is now, and how to get there. */
export interface Target {
  environment: Environment;
  route: Route;
  isSandbox: boolean;
  /** Why nothing may be sent there now; null where it may. */
  refusal: EntryError | null;
  /** Says better why nothing was answered. */
  explain(error: EntryError): EntryError;
}

interface Parts {
  sandbox: Pick<SandboxService, "address" | "ensureRunning">;
  settings: SettingsService;
  caFiles: Pick<CaFiles, "read">;
}

const readProxy = ({ name, proxy }: Environment): string | null => {
  if (proxy === undefined || proxy === "") return null;
  const url = URL.canParse(proxy) ? new URL(proxy) : null;
  if (url !== null && ["http:", "https:"].includes(url.protocol)) return url.href;
  throw new AppError({
    code: "WORKSPACE_INVALID",
    message: `The proxy of ${name} is not an address that Bellhop can use.`,
    hint: "It must look like http://proxy.example:8080.",
    field: "/proxy",
  });
};

const sandboxStopped = "The sandbox is stopped; start it and send again.";

/** Names no address: where it ran it is no more, and where it will run is not known before it does. */
const stopped: EntryError = {
  code: "REFUSED",
  message: "Nothing was sent to the sandbox.",
  hint: sandboxStopped,
};

const notRunning = (error: EntryError): EntryError =>
  error.code === "REFUSED" ? { ...error, hint: sandboxStopped } : error;

/** Finds out where sends go. */
export const createTargets = ({ sandbox, settings, caFiles }: Parts) => {
  /** The sandbox's address is only known when it runs, whatever the environment says. */
  const at = async (environment: Environment): Promise<Environment> =>
    isSandboxName(environment.name) ? { ...environment, baseUrl: await sandbox.address() } : environment;

  const started = async (environment: Environment): Promise<Pick<Target, "environment" | "refusal">> => {
    if (!isSandboxName(environment.name)) return { environment, refusal: null };
    try {
      return { environment: { ...environment, baseUrl: await sandbox.ensureRunning() }, refusal: null };
    } catch (error) {
      if (!(error instanceof AppError && error.code === "UNREACHABLE")) throw error;
      // Not tried: whoever listens at its address by now is not this profile's sandbox. The log says so.
      return { environment: await at(environment), refusal: stopped };
    }
  };

  return {
    /** The environment with the address it has, or would have. Starts nothing. */
    at,
    /** What a guest context is bound to: a browser that one target made is unknown to another. */
    place: (environment: Environment): string =>
      isSandboxName(environment.name) ? "sandbox" : new URL(environment.baseUrl).origin,
    /** @throws AppError WORKSPACE_INVALID for a CA file or a proxy that cannot be used */
    async reach(environment: Environment): Promise<Target> {
      const isSandbox = isSandboxName(environment.name);
      const extraCa = await caFiles.read(environment);
      const { acceptSelfSigned } = settings.current();
      const route = { extraCa, acceptSelfSigned, proxy: readProxy(environment) };
      const explain = isSandbox ? notRunning : (error: EntryError): EntryError => error;
      return { ...(await started(environment)), route, isSandbox, explain };
    },
  };
};

export type Targets = ReturnType<typeof createTargets>;
