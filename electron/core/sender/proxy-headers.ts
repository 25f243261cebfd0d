import type { Proxy } from "./proxies";

/** What a proxy is told beside the request; it goes to the proxy alone. */
export const proxyHeaders = ({ login }: Proxy): Record<string, string> =>
  login === null
    ? {}
    : { "proxy-authorization": `Basic ${Buffer.from(login.reveal(), "utf8").toString("base64")}` };
