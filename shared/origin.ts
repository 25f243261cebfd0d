/** The origin of a base URL that has been checked: scheme, host and port, such as `https://cdp.example:8443`. */
export const originOf = (baseUrl: string): string => new URL(baseUrl).origin;

/**
 * Whether a host is this machine and nothing outside it: `localhost`, 127.0.0.0/8 or `::1`. Other names are not
 * looked up.
 *
 * @param hostname as `new URL(…).hostname` gives it, which writes every spelling of an IPv4 address in one form; `::1`
 *   with brackets or, as a server is told to listen, without
 */
export const isLoopback = (hostname: string): boolean =>
  ["localhost", "[::1]", "::1"].includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
