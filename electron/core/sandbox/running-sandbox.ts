import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { DatabaseThread } from "../database/database";
import { AppError } from "../../../shared/contract/errors";
import { isLoopback } from "../../../shared/origin";
import type { SandboxTime } from "./clock/sandbox-clock";
import type { ConfigHolder } from "./config/config-holder";
import { followConfig } from "./config/follow-config";
import type { KeepConfig } from "./config/kept-config";
import { isPublic, publicCredential, type SandboxConfig } from "./config/sandbox-config";
import { createSandboxServer, defaultPatience, type Patience } from "./http/create-server";
import { createCredentials, type Credentials } from "./http/credentials";
import { createFaultPlan } from "./http/faults-plan";
import { createHandler } from "./http/handle-request";
import { listen } from "./http/listen";
import { createHostCheck } from "./http/own-hosts";
import { createRouter } from "./http/router";
import { createClockEndpoints } from "./inspection/clock-endpoints";
import { createConfigEndpoints } from "./inspection/config-endpoints";
import { createFaultsEndpoints } from "./inspection/faults-endpoints";
import { createForecastEndpoint } from "./inspection/forecast-endpoint";
import { createInspection, type Inspection } from "./inspection/inspection";
import { createGuestEndpoints } from "./inspection/guest-endpoints";
import { createInspectionEndpoints } from "./inspection/inspection-endpoints";
import { createStateEndpoints } from "./inspection/state-endpoints";
import { createReadBackEndpoints } from "./read-back/read-back-endpoints";
import { openState } from "./sandbox-state";
import type { GuestReader } from "./store/guest-reader";
import type { SavedStates } from "./store/saved-states";
import { createBrowserEndpoints } from "./stream/browser-endpoints";
import { createEventEndpoints } from "./stream/event-endpoints";

export interface RunOptions {
  thread: DatabaseThread;
  /** Path of the database, or `":memory:"`. */
  file: string;
  config: SandboxConfig;
  host: string;
  /** The first port to try; 0 for any. */
  port: number;
  report(problem: string): void;
  /** Is told of guests that are new or different, after each commit; `all` where they cannot be named. */
  onGuestsChanged?: (refs: string[], all: boolean) => void;
  /** Keeps a changed configuration for the next start; without it a change holds until this sandbox ends. */
  keepConfig?: KeepConfig;
  patience?: Patience;
}

/** A sandbox that listens. */
export interface RunningSandbox extends Inspection {
  /** `http://127.0.0.1:4680` */
  url: string;
  port: number;
  /** Its own name, new with each start, by which a registration is known to be its. */
  instance: string;
  /** What holds now; a replacement takes effect with the next event. */
  config: ConfigHolder;
  guests: GuestReader;
  time: SandboxTime;
  states: SavedStates;
  close(): Promise<void>;
}

/** 10 MB: what the log keeps of a body, too. */
const bodyLimit = 10 * 1024 ** 2;

/** The public credential guards nothing, so it must not be what other machines get in with. */
const refusePublicCredential = (host: string, config: SandboxConfig): void => {
  if (isLoopback(host)) return;
  const { clientKey, apiToken } = publicCredential;
  if (!isPublic(config) && config.clientKey !== clientKey && config.apiToken !== apiToken) return;
  throw new AppError({
    code: "INVALID_INPUT",
    message: `On ${host} other machines can reach the sandbox, and its client key or API token is the public \`sandbox\`.`,
    hint: "Set clientKey and apiToken in a file and give it with --config, or leave out --host.",
  });
};

/** The credential of the configuration that holds at the moment of each request. */
const followCredentials = (config: ConfigHolder): Credentials => {
  const current = followConfig(config, createCredentials);
  return {
    isKey: (text) => current().isKey(text),
    isToken: (text) => current().isToken(text),
    isBasic: (header) => current().isBasic(header),
  };
};

const forgetConfig: KeepConfig = async () => "This holds until the sandbox ends.";

/** Milliseconds that requests at hand have to end. */
const grace = 500;

const closeServer = async (server: Server): Promise<void> => {
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
};

const nameInAddress = (host: string): string => {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
};

/**
 * Starts a sandbox: a store, what processes it, and a server in front.
 *
 * @throws AppError INVALID_INPUT for a host that cannot be used, CONFLICT without a free port, DATABASE_FAILED
 */
export const runSandbox = async (options: RunOptions): Promise<RunningSandbox> => {
  const { thread, file, host, report, onGuestsChanged } = options;
  refusePublicCredential(host, options.config);
  const state = await openState({ thread, file, config: options.config, report, onGuestsChanged });
  const { config, store, processor, time, states } = state;

  let saidFull = false;
  const inspection = createInspection(store, processor, async () => {
    await state.reset();
    saidFull = false;
  });
  const credentials = followCredentials(config);
  const instance = randomUUID();
  const context = {
    config,
    credentials,
    store,
    onAccepted: () => processor.wake(),
    onFull(message: string) {
      if (!saidFull) report(`${message} Empty it with POST /_sandbox/reset.`);
      saidFull = true;
    },
  };
  const faults = createFaultPlan();
  const router = createRouter([
    ...createBrowserEndpoints(context),
    ...createEventEndpoints(context),
    ...createInspectionEndpoints(inspection),
    createForecastEndpoint(context, state.forecast),
    ...createFaultsEndpoints(faults),
    ...createClockEndpoints(time),
    ...createStateEndpoints(states, config),
    ...createConfigEndpoints({
      holder: config,
      instance,
      check: (next) => refusePublicCredential(host, next),
      keep: options.keepConfig ?? forgetConfig,
    }),
    ...createGuestEndpoints(store.guests),
    ...createReadBackEndpoints({ guests: store.guests, events: store, credentials }),
  ]);

  let isOwnHost = (_header: string | undefined): boolean => false;
  const handle = createHandler({
    router,
    isOwnHost: (header) => isOwnHost(header),
    inspectionCredentials: isLoopback(host) ? null : credentials,
    bodyLimit,
    faults,
    onRejected: () => store.countRejected(),
    report,
  });
  const server = createSandboxServer(handle, options.patience ?? defaultPatience);
  const port = await listen(server, host, options.port).catch(async (error: unknown) => {
    await state.close();
    throw error;
  });
  const hostCheck = followConfig(config, ({ allowedHosts }) => createHostCheck(host, port, allowedHosts));
  isOwnHost = (header) => hostCheck()(header);
  // What an earlier start had accepted and not processed, and the sessions that have come to their end since.
  processor.wake();

  return {
    ...inspection,
    url: `http://${nameInAddress(host)}:${port}`,
    port,
    instance,
    config,
    guests: store.guests,
    time,
    states,
    async close() {
      await closeServer(server);
      await state.close();
    },
  };
};
