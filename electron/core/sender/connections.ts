import type { Socket } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { Agent, buildConnector } from "../undici";
import { createTimingsWatch } from "./connection-timings";
import { openTunnel } from "./open-tunnel";
import { readCertificate, type PresentedCertificate } from "./presented-certificate";
import type { Proxy } from "./proxies";
import { proxyHeaders } from "./proxy-headers";
import type { Route } from "./route";
import { certificatesOf, type ReadTrusted } from "./trusted-authorities";

/** How a request is handed over so that it reaches its target. */
export interface Way {
  dispatcher: Agent;
  /** Whom it is handed to: the target, or a proxy that forwards plain http. */
  origin: string;
  /** Stands before the path: what a forwarding proxy must know of the target. */
  pathPrefix: string;
  /** For such a proxy alone. */
  headers: Record<string, string>;
}

interface Secured {
  secureContext: SecureContext;
  rejectUnauthorized: boolean;
}

/** undici's own timers are coarse, and each exchange has an exact one. */
const untimed = { timeout: 0 } as const;
/** Milliseconds for a connection that only asks for a certificate. */
const briefly = { timeout: 3_000 } as const;
const agentOptions = { headersTimeout: 0, bodyTimeout: 0, allowH2: true } as const;

/**
 * Connections to targets, shared between requests whose routes agree: secured by whom the person trusts, through a proxy
 * where there is one, and by HTTP/2 where the server prefers it (ALPN).
 */
export const createConnections = (readTrusted: ReadTrusted) => {
  const watch = createTimingsWatch();
  const agents = new Map<string, Agent>();
  const contexts = new Map<string | null, Promise<SecureContext>>();
  /** Being made through a proxy; nobody else would end them. */
  const opening = new Set<Socket>();

  const makeContext = async (extraCa: string | null): Promise<SecureContext> => {
    const { certificates } = await readTrusted();
    // Made once: reading some hundred certificates takes longer than a handshake.
    return createSecureContext({ ca: [...certificates, ...certificatesOf(extraCa ?? "")] });
  };
  const contextFor = (extraCa: string | null): Promise<SecureContext> => {
    const known = contexts.get(extraCa);
    if (known) return known;
    const made = makeContext(extraCa);
    contexts.set(extraCa, made);
    return made;
  };

  const securedBy = async ({ extraCa, acceptSelfSigned }: Route): Promise<Secured> => ({
    secureContext: await contextFor(extraCa),
    rejectUnauthorized: !acceptSelfSigned,
  });

  /** Connects by a tunnel. What a proxy hides of the connection is not measured. */
  const throughTunnel = (proxy: Proxy, secured: Secured, toTarget: Secured): buildConnector.connector => {
    const connect = buildConnector({ ...secured, ...untimed });
    const secure = buildConnector({ ...toTarget, ...untimed, allowH2: true });
    const address = new URL(proxy.address);
    return (options, callback) => {
      const authority = `${options.hostname}:${options.port || (options.protocol === "https:" ? "443" : "80")}`;
      openTunnel(
        { connect, proxy: address, authority, headers: proxyHeaders(proxy), opening },
        (error, socket) => {
          if (error !== null || socket === null) callback(error ?? new Error("No connection."), null);
          else secure({ ...options, httpSocket: socket }, callback);
        },
      );
    };
  };

  /** @param secured null where nothing on the way is encrypted */
  const connectorFor = (
    secure: boolean,
    { proxy }: Route,
    secured: Secured | null,
  ): buildConnector.connector => {
    if (proxy === null) return watch.connector({ ...secured, allowH2: true });
    if (secure && secured) return throughTunnel(proxy, secured, secured);
    return buildConnector({ ...secured, ...untimed });
  };

  const isSecure = (address: URL): boolean => address.protocol === "https:";

  const way = (agent: Agent, address: URL, { proxy }: Route): Way => {
    if (proxy === null || isSecure(address)) {
      return { dispatcher: agent, origin: address.origin, pathPrefix: "", headers: {} };
    }
    const headers = { host: address.host, ...proxyHeaders(proxy) };
    return { dispatcher: agent, origin: proxy.address, pathPrefix: address.origin, headers };
  };

  const open = (key: string, connect: buildConnector.connector): Agent => {
    const agent = agents.get(key) ?? new Agent({ connect, ...agentOptions });
    agents.set(key, agent);
    return agent;
  };

  return {
    /** The way to a target; at once where there was one before, or nothing is encrypted. */
    wayTo(address: URL, route: Route): Way | Promise<Way> {
      const { extraCa, acceptSelfSigned, proxy } = route;
      const secure = isSecure(address);
      const key = JSON.stringify([secure, extraCa, acceptSelfSigned, proxy?.address ?? null]);
      const agent = agents.get(key);
      if (agent) return way(agent, address, route);
      if (!secure && !proxy?.address.startsWith("https:")) {
        return way(open(key, connectorFor(secure, route, null)), address, route);
      }
      return securedBy(route).then((secured) =>
        way(open(key, connectorFor(secure, route, secured)), address, route),
      );
    },

    /** The certificate that a target shows, whoever vouches for it; null where there is none to be had. */
    async presented(address: URL, route: Route): Promise<PresentedCertificate | null> {
      const { proxy } = route;
      const secured = await securedBy(route);
      // Sessions are not kept: one that nobody vouched for must never be resumed.
      const anyone = { ...secured, rejectUnauthorized: false, maxCachedSessions: 0 };
      const connect = proxy
        ? throughTunnel(proxy, secured, anyone)
        : buildConnector({ ...anyone, ...briefly });
      return readCertificate(connect, address);
    },

    startTiming: () => watch.start(),

    async close(): Promise<void> {
      for (const socket of opening) socket.destroy();
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
      watch.close();
    },
  };
};
