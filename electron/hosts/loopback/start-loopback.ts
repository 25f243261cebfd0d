import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createCore } from "../../core/create-core";
import type { Host } from "../../core/host";
import { AppError } from "../../../shared/contract/errors";
import { catchFailures, keepCore, type KeptCore } from "../keep-core";
import { listRendererFiles } from "../renderer-files";
import { createAccess } from "./access-token";
import { createHttpServer } from "./http-server";
import { serveChannel } from "./ws-channel";

export interface LoopbackOptions {
  host: Host;
  /** Absolute path of the built renderer. */
  rendererFolder: string;
  /** The port to listen on; 0 for any. */
  port: number;
  /** Try any other port where `port` is taken, instead of failing. */
  orAnyPort: boolean;
  /** Milliseconds that a one-time address is good for. */
  tokenLifetime: number;
  /** The clock, in milliseconds. */
  now?: () => number;
}

export interface Loopback {
  core: KeptCore;
  port: number;
  /** @returns a fresh one-time address */
  address(): string;
  /** Whether a browser has entered by a one-time address. */
  wasEntered(): boolean;
  close(): Promise<void>;
}

const listen = async (server: Server, port: number): Promise<void> => {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
};

const listenOn = async (server: Server, port: number, orAnyPort: boolean): Promise<void> => {
  try {
    await listen(server, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    if (orAnyPort) return listen(server, 0);
    throw new AppError({
      code: "CONFLICT",
      message: `Port ${port} of 127.0.0.1 is taken by another program.`,
      hint: "Give another one with --port, or --port 0 for any that is free.",
    });
  }
};

/**
 * Starts the core and serves it on 127.0.0.1.
 *
 * @throws AppError CONFLICT when the port is taken, DATABASE_FAILED when the profile cannot be used
 */
export const startLoopback = async (options: LoopbackOptions): Promise<Loopback> => {
  const files = listRendererFiles(options.rendererFolder);
  const core = await keepCore(() => createCore(options.host));
  catchFailures(core, (problem) => options.host.report(problem));
  const access = createAccess(options.tokenLifetime, options.now);
  let port = 0;
  const shared = {
    core,
    access,
    host: () => `127.0.0.1:${port}`,
    cookieName: () => `bellhop_${port}`,
  };
  const server = createHttpServer({
    ...shared,
    files,
    report: (problem) => options.host.report(problem),
  });
  const closeChannel = serveChannel(server, shared);
  try {
    await listenOn(server, options.port, options.orAnyPort);
  } catch (error) {
    await core.close();
    throw error;
  }
  port = (server.address() as AddressInfo).port;

  return {
    core,
    port,
    address: () => `http://127.0.0.1:${port}/?token=${access.issue()}`,
    wasEntered: () => access.wasUsed(),
    async close() {
      // The core first: what it says of its end must still reach the pages.
      await core.close();
      await closeChannel();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
