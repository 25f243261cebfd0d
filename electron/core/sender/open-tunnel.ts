import { request as httpRequest } from "node:http";
import type { Socket } from "node:net";
import type { buildConnector } from "../undici";

/** A proxy answered, but not with a way through. */
export class TunnelRefused extends Error {
  /** @param schemes what it asks a password by, such as `Basic` or `NTLM`; empty where it asks for none */
  constructor(
    readonly status: number,
    readonly schemes: readonly string[],
  ) {
    super(`The proxy refused the way (${status}).`);
  }
}

/** Milliseconds for a proxy's answer. The send itself may have ended long before; then its connection still has to. */
const longestWait = 60_000;

interface Tunnel {
  /** Connects to the proxy itself. */
  connect: buildConnector.connector;
  proxy: URL;
  /** `host:port` of the target. */
  authority: string;
  /** For the proxy alone. */
  headers: Record<string, string>;
  /** Holds the connection while the proxy has not answered. */
  opening: Set<Socket>;
}

type Done = (error: Error | null, socket: Socket | null) => void;

const schemesOf = (header: string | string[] | undefined): string[] =>
  [header ?? []].flat().flatMap((line) => /^\s*([A-Za-z][A-Za-z0-9-]*)/.exec(line)?.[1] ?? []);

/** Asks a proxy for a way to a target by CONNECT (RFC 9110 §9.3.6). @param done is called once */
export const openTunnel = ({ connect, proxy, authority, headers, opening }: Tunnel, done: Done): void => {
  const { protocol, hostname, host, port } = proxy;
  connect({ protocol, hostname, host, port }, (error, socket) => {
    if (error !== null || socket === null) return done(error ?? new Error("No connection."), null);
    opening.add(socket);
    const end: Done = (failure, tunnel) => {
      if (!opening.delete(socket)) return;
      if (failure) socket.destroy();
      done(failure, tunnel);
    };
    const asking = httpRequest({
      method: "CONNECT",
      path: authority,
      headers: { host: authority, connection: "keep-alive", ...headers },
      createConnection: () => socket,
    });
    asking.once("connect", ({ statusCode = 0, headers: answer }, tunnel: Socket, head: Buffer) => {
      if (statusCode < 200 || statusCode > 299) {
        return end(new TunnelRefused(statusCode, schemesOf(answer["proxy-authenticate"])), null);
      }
      tunnel.setTimeout(0);
      if (head.length > 0) tunnel.unshift(head);
      return end(null, tunnel);
    });
    asking.once("error", (failure) => end(failure, null));
    asking.setTimeout(longestWait, () => {
      end(Object.assign(new Error("The proxy does not answer."), { code: "ETIMEDOUT" }), null);
    });
    asking.end();
    return undefined;
  });
};
