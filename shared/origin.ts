/** The origin of a base URL that has been checked: scheme, host and port, such as `https://cdp.example:8443`. */
export const originOf = (baseUrl: string): string => new URL(baseUrl).origin;

/**
 * Whether a URL's host is this machine: `localhost`, 127.0.0.0/8 or `::1`. Other names are not looked up.
 *
 * @param hostname as `new URL(…).hostname` gives it, which writes every spelling of an IPv4 address in one form
 */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
