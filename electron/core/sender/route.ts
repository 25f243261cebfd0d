import type { Proxy } from "./proxies";

/** How a connection is secured and routed. Connections are shared only between requests that agree in all of it. */
export interface Route {
  /** PEM of certificates that are trusted beside the usual ones; null for none. */
  extraCa: string | null;
  /** Accept certificates that nobody vouches for. */
  acceptSelfSigned: boolean;
  /** Null for a direct connection. */
  proxy: Proxy | null;
}
