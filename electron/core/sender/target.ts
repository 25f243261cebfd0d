import type { ConnectionWords } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import { isSandboxName } from "../../../shared/environment-names";
import type { EntryError } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { Host } from "../host";
import type { SandboxService } from "../sandbox/sandbox-service";
import type { SettingsService } from "../settings/settings-service";
import type { CaFiles } from "../workspace/ca-files";
import { proxyFor } from "./proxies";
import type { Route } from "./route";
import { certificatesOf, type ReadTrusted } from "./trusted-authorities";

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
  /** Of the process: they may name a proxy. */
  variables: Host["variables"];
  readTrusted: ReadTrusted;
}

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
export const createTargets = ({ sandbox, settings, caFiles, variables, readTrusted }: Parts) => {
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

  const routeTo = async (environment: Environment): Promise<Route> => ({
    extraCa: await caFiles.read(environment),
    acceptSelfSigned: settings.current().acceptSelfSigned,
    proxy: proxyFor(environment, variables),
  });

  const describeTrust = async ({ baseUrl, caFile }: Environment, { acceptSelfSigned, extraCa }: Route) => {
    if (!baseUrl.startsWith("https:")) return null;
    if (acceptSelfSigned) return "Every certificate is accepted, as the settings say.";
    const { from, problem } = await readTrusted();
    const own = caFile ? `, and ${caFile}` : "";
    const empty = extraCa !== null && certificatesOf(extraCa).length === 0;
    const problems = [problem ?? "", empty ? `${caFile} holds no certificate that can be read.` : ""];
    return [`Trusted: ${from}${own}.`, ...problems].filter(Boolean).join(" ");
  };

  return {
    /** The environment with the address it has, or would have. Starts nothing. */
    at,
    /** What a guest context is bound to: a browser that one target made is unknown to another. */
    place: (environment: Environment): string =>
      isSandboxName(environment.name) ? "sandbox" : new URL(environment.baseUrl).origin,
    /** How a request would get there, in words. Never throws for what cannot be used: it says so. */
    async describe(environment: Environment): Promise<ConnectionWords> {
      try {
        const route = await routeTo(environment);
        const { proxy } = route;
        return {
          proxy:
            proxy &&
            `${proxy.address}, ${proxy.variable ? `from ${proxy.variable}` : "the environment's own"}`,
          certificates: await describeTrust(environment, route),
        };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const words = `${error.message} ${error.hint ?? ""}`.trim();
        return error.field === "/caFile"
          ? { proxy: null, certificates: words }
          : { proxy: words, certificates: null };
      }
    },
    /** @throws AppError WORKSPACE_INVALID, UNSUPPORTED for a CA file or a proxy that cannot be used */
    async reach(found: Environment): Promise<Target> {
      const isSandbox = isSandboxName(found.name);
      const { environment, refusal } = await started(found);
      const route = await routeTo(environment);
      const explain = isSandbox ? notRunning : (error: EntryError): EntryError => error;
      return { environment, refusal, route, isSandbox, explain };
    },
  };
};

export type Targets = ReturnType<typeof createTargets>;
