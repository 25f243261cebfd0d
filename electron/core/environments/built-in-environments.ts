import type { Environment } from "../../../shared/model/environment";

/**
 * A region of Sitecore's cloud, at the specification's address. What only the tenant knows (point of sale, currency,
 * language) is left open rather than guessed: a copy in the workspace says it.
 */
const production = (name: string, host: string, colour: Environment["colour"]): Environment => ({
  name,
  colour,
  baseUrl: `https://${host}.sitecorecloud.io`,
  transport: "spec",
  catalog: "spec",
  channel: "WEB",
  production: true,
  vars: {},
});

const sandbox = (
  name: string,
  baseUrl: string,
  way: Pick<Environment, "colour" | "transport" | "catalog">,
): Environment => ({
  name,
  baseUrl,
  ...way,
  channel: "WEB",
  pos: "bellhop",
  currency: "EUR",
  language: "EN",
  // What the sandbox's own configuration knows; only the transport edge asks for it.
  siteId: "bellhop",
  production: false,
  vars: {},
});

/**
 * The environments that are always there (interfaces §2).
 *
 * @param sandboxAddress where the sandbox is, or would be
 */
export const builtInEnvironments = (sandboxAddress: string): Environment[] => {
  const address = sandboxAddress.replace(/\/+$/, "");
  return [
    sandbox("sandbox", address, { colour: "teal", transport: "spec", catalog: "spec" }),
    sandbox("sandbox-engage", address, { colour: "green", transport: "engage", catalog: "sitecore" }),
    production("eu", "api-engage-eu", "blue"),
    production("us", "api-engage-us", "plum"),
    production("ap", "api-engage-ap", "ochre"),
    production("jp", "api-engage-jpe", "rose"),
  ];
};
