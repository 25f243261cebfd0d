import { hostname, networkInterfaces } from "node:os";
import { isLoopback } from "../../../../shared/origin";

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

const inBrackets = (host: string): string =>
  host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;

/** The names under which a server that listens on `host` can be meant. */
const ownNames = (host: string): string[] => {
  const names = [...loopbackNames, inBrackets(host)];
  if (isLoopback(host)) return names;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return [...names, hostname(), ...addresses.map(({ address }) => inBrackets(address))];
};

/**
 * Decides which `Host` a request may carry, so that a web page whose name was pointed at this machine (DNS
 * rebinding) does not get through.
 *
 * @param allowed names, with a port or for every port
 * @returns whether a `Host` header is this server's own or allowed
 */
export const createHostCheck = (
  host: string,
  port: number,
  allowed: readonly string[],
): ((header: string | undefined) => boolean) => {
  const own = ownNames(host).map((name) => name.toLowerCase());
  // The port of plain http may be left out.
  const exact = new Set([...own.map((name) => `${name}:${port}`), ...(port === 80 ? own : []), ...allowed]);
  const onAnyPort = new Set(allowed.filter((name) => !/:\d+$/.test(name)));
  return (header) => {
    if (header === undefined) return false;
    const lower = header.toLowerCase();
    return exact.has(lower) || onAnyPort.has(lower.replace(/:\d{1,5}$/, ""));
  };
};
