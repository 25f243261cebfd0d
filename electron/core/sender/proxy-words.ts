import type { Proxy } from "./proxies";

/** Who named a proxy, so that a person knows where to correct it. */
export const proxyWords = ({ variable }: Proxy): string =>
  variable === null ? "the environment's proxy" : `the proxy in the variable ${variable}`;

/** What to do about a proxy that asks for a password (407). @param schemes what it takes one by */
export const proxyLoginHint = ({ address, login, variable }: Proxy, schemes: readonly string[]): string => {
  const isBasic = schemes.length === 0 || schemes.some((scheme) => scheme.toLowerCase() === "basic");
  if (!isBasic) {
    return `It takes a password by ${schemes.join(" or ")} only, which Bellhop does not speak: a helper on this machine, such as px or cntlm, does.`;
  }
  const { protocol, host } = new URL(address);
  const name = variable ?? "HTTPS_PROXY";
  return login === null
    ? `It wants a name and a password: start Bellhop with ${name}=${protocol}//NAME:PASSWORD@${host}.`
    : `It does not take the name and password in ${name}: correct them, and start Bellhop again.`;
};
