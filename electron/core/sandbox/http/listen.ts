import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "../../../../shared/contract/errors";

const bind = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

/** How many ports after the wanted one are tried. */
const tried = 50;

/**
 * Listens on a port, or on the next free one where it is taken.
 *
 * @param port 0 for any
 * @returns the port
 * @throws AppError INVALID_INPUT for a host that is not of this machine, CONFLICT where no port is free
 */
export const listen = async (server: Server, host: string, port: number): Promise<number> => {
  const last = port === 0 ? 0 : Math.min(65_535, port + tried);
  for (let candidate = port; candidate <= last; candidate += 1) {
    try {
      await bind(server, host, candidate);
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const code = codeOf(error);
      if (code === "EADDRINUSE" || code === "EACCES") continue;
      throw new AppError({
        code: "INVALID_INPUT",
        message: `The sandbox cannot listen on ${host}: ${code}.`,
        hint: "Use 127.0.0.1, or an address of this machine.",
      });
    }
  }
  throw new AppError({
    code: "CONFLICT",
    message: `The sandbox found no free port from ${port} to ${last}.`,
    hint: "Choose another port, or 0 for any.",
  });
};
