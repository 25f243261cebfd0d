import { BlockList, isIP } from "node:net";
import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import { isLoopback } from "../../../shared/origin";
import { Secret } from "../vault/secret";

type Variables = Readonly<Record<string, string | undefined>>;

/** An HTTP proxy on the way. Its address never holds a name or a password. */
export interface Proxy {
  /** `http://proxy.example:8080`. */
  address: string;
  /** `NAME:PASSWORD` as Basic joins them; null where it asks for none. */
  login: Secret | null;
  /** Who says so: the variable's name, or null for the environment. */
  variable: string | null;
}

interface VariableProxy extends Proxy {
  password: Secret | null;
}

const variableNames = {
  "https:": ["https_proxy", "HTTPS_PROXY"],
  "http:": ["http_proxy", "HTTP_PROXY"],
} as const;

const allVariables = [...variableNames["https:"], ...variableNames["http:"]];

/** @throws AppError UNSUPPORTED that names the variable and never what it holds: there may be a password in it */
const fromVariable = (variable: string, text: string): VariableProxy => {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    const kind = url === null ? "no address" : `a ${url.protocol.slice(0, -1)} proxy`;
    throw new AppError({
      code: "UNSUPPORTED",
      message: `The variable ${variable} names ${kind}, and Bellhop goes through HTTP proxies only.`,
      hint: `Set ${variable}=http://proxy.example:8080 before Bellhop starts, or name the target's host in NO_PROXY.`,
    });
  }
  const { username, password } = url;
  const login = username === "" ? null : new Secret(`${decode(username)}:${decode(password)}`);
  const word = decode(password);
  return { address: url.origin, login, variable, password: word === "" ? null : new Secret(word) };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const firstOf = (names: readonly string[], variables: Variables): { name: string; text: string } | null => {
  for (const name of names) {
    const text = variables[name]?.trim();
    if (text) return { name, text };
  }
  return null;
};

const isInSubnet = (host: string, pattern: string): boolean => {
  const [network = "", bits = ""] = pattern.split("/");
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits)) return false;
  const prefix = Number(bits);
  if (prefix > (family === 4 ? 32 : 128)) return false;
  const kind = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, prefix, kind);
  return list.check(host, kind);
};

/** `.example.com:8080` as name and port; an IPv6 address has its port only behind brackets. */
const hostAndPort = (entry: string): [name: string, port: string | undefined] => {
  const [, inside, after] = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry) ?? [];
  if (inside !== undefined) return [inside, after];
  const [name = "", port, ...more] = entry.split(":");
  return more.length > 0 ? [entry, undefined] : [name.replace(/^\*?\./, ""), port];
};

/**
 * Whether a variable NO_PROXY exempts a target, as curl and others read it: host names and their subdomains (with or
 * without a leading dot or `*.`), addresses, subnets, each with or without a port, and `*` for everything.
 */
export const isExempt = (url: URL, list: string): boolean => {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === "*") return true;
      if (entry.includes("/")) return isInSubnet(host, entry);
      const [name, only] = hostAndPort(entry);
      if (name === "" || (only !== undefined && only !== port)) return false;
      return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
    });
};

/** @throws AppError WORKSPACE_INVALID */
const fromEnvironment = ({ name, proxy }: Environment, variables: Variables): Proxy | null => {
  if (proxy === undefined || proxy === "") return null;
  const url = URL.canParse(proxy) ? new URL(proxy) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new AppError({
      code: "WORKSPACE_INVALID",
      message: `The proxy of ${name} is not an address that Bellhop can use.`,
      hint: "It must look like http://proxy.example:8080.",
      field: "/proxy",
    });
  }
  // A workspace's file holds no password; the person's own variables may have one for the very same proxy.
  return { address: url.origin, login: loginFor(url.origin, variables), variable: null };
};

const known = (variables: Variables): VariableProxy[] =>
  allVariables.flatMap((name) => {
    const text = variables[name]?.trim();
    try {
      return text ? [fromVariable(name, text)] : [];
    } catch {
      return [];
    }
  });

const loginFor = (address: string, variables: Variables): Secret | null =>
  known(variables).find((proxy) => proxy.address === address && proxy.login !== null)?.login ?? null;

/**
 * The proxy that a target is reached through: the environment's own, else that of the process's variables. This
 * machine itself is never reached through a proxy of the variables.
 *
 * @throws AppError WORKSPACE_INVALID, UNSUPPORTED for a proxy that cannot be used
 */
export const proxyFor = (environment: Environment, variables: Variables): Proxy | null => {
  const own = fromEnvironment(environment, variables);
  if (own !== null) return own;
  const url = new URL(environment.baseUrl);
  const found = firstOf(variableNames[url.protocol as keyof typeof variableNames] ?? [], variables);
  if (found === null || isLoopback(url.hostname)) return null;
  const exempt = firstOf(["no_proxy", "NO_PROXY"], variables);
  if (exempt !== null && isExempt(url, exempt.text)) return null;
  return fromVariable(found.name, found.text);
};

/** What must not be seen of the proxies in the variables: name and password together, and the password alone. */
export const proxyLogins = (variables: Variables): Secret[] =>
  known(variables).flatMap(({ login, password }) => [login ?? [], password ?? []].flat());
