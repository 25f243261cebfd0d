import type { Entry } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { Issue } from "../../../shared/model/verdict";
import { isEdgeProxy, isSitecore, otherTransports, regions } from "../../../shared/transports";
import { isWebPage, pageWords } from "./explain-detour";

export type Said = Pick<Issue, "code" | "message"> &
  Partial<Pick<Issue, "severity" | "path" | "hint" | "certainty">>;

type Answered = Pick<Entry, "kind" | "event" | "verdict" | "response">;

const orList = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** The other regions, where the address is one: a tenant is known in its own alone. */
const otherRegions = ({ baseUrl }: Environment): string[] => {
  const here = regions[new URL(baseUrl).hostname];
  return here === undefined ? [] : Object.values(regions).filter((name) => name !== here);
};

/** 401, as documented for "browser create with a wrong client_key or host" (Sitecore's troubleshooting, 1153275). */
const unauthorised = (environment: Environment, kind: Entry["kind"]): Said => {
  const { name, transport } = environment;
  // Documented for the browser call; events of the documented transports carry no password.
  const certainty = kind === "browser" ? "documented" : "unverified";
  if (transport === "edge") {
    return {
      code: "refused-credential",
      message: "Refused (401): the context id is wrong, or is not this site's.",
      hint: `Compare it with the Edge context id of the site in XM Cloud, and enter it again for ${name}.`,
      certainty: "unverified",
    };
  }
  const what =
    transport === "spec" && kind === "event" ? "the client key or the API token" : "the client key";
  const elsewhere = otherRegions(environment);
  return {
    code: "refused-credential",
    message: `Refused (401): ${what} is wrong, or belongs to another ${elsewhere.length > 0 ? "region" : "host"}.`,
    hint:
      elsewhere.length > 0
        ? `Compare it with Sitecore CDP's Settings > API access. A tenant is known in its own region alone: if it is not in ${name}, send to ${orList(elsewhere)}.`
        : `Compare it with Sitecore CDP's Settings > API access, and check the address of ${name}.`,
    certainty,
  };
};

const badRequest = ({ event, verdict }: Answered): Said => {
  const missing = ["browser_id", "type"].filter((name) => !event?.[name]);
  if (missing.length === 0 && verdict.schema === "invalid") {
    return {
      code: "refused-event",
      message: "Refused (400): the target does not take the event as it is.",
      hint: "Correct what else is said of it here; the answer's body may say more.",
      certainty: "unverified",
    };
  }
  if (event === null || missing.length === 0) {
    return {
      code: "refused-event",
      message: "Refused (400): the target could not read the request.",
      hint: "The documented cause is a missing browser_id or type, and this has both: read the answer's body.",
      certainty: "unverified",
    };
  }
  return {
    code: "refused-event",
    message: `Refused (400): the event has no ${missing.join(" and no ")}.`,
    hint: "Fill it in; the guest context gives a browser_id where the event does not leave it out.",
    path: `/${missing[0]}`,
    certainty: "documented",
  };
};

const notFound = (environment: Environment, { event }: Answered): Said => ({
  code: "unknown-browser",
  message: `Refused (404): ${environment.name} does not know this browser id, or there is no such path.`,
  hint: "Make a new guest and send again; if it stays, check the environment's address and transport.",
  ...(event !== null && { path: "/browser_id" }),
  certainty: "documented",
});

const wrongWay = (status: number, { name, transport }: Environment): Said => ({
  code: "wrong-transport",
  message: `Refused (${status}): ${name} does not take requests of this kind, so the transport ${transport} may be the wrong one.`,
  hint: "Check the environment's address, and try another transport.",
  certainty: "unverified",
});

const tooLarge = (status: number, { transport }: Environment): Said => ({
  code: "refused-size",
  message: `Refused (${status}): the ${transport === "http-get" ? "address" : "request"} is too long for the target, or for a proxy before it.`,
  hint:
    transport === "http-get"
      ? "Make the event smaller, or send it by the transport engage, which puts it into the body."
      : "Make the event smaller.",
  certainty: "unverified",
});

const byProxy = (status: number): Said => ({
  code: "refused-by-proxy",
  message: `Refused (${status}): a proxy on the way wants a name and a password. The target never saw the request.`,
  hint: "Start Bellhop with HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT, or HTTP_PROXY for plain http.",
  certainty: "documented",
});

const byNetwork = (status: number): Said => ({
  code: "captive-portal",
  message: `Refused (${status}): the network wants a person to log in first. The target never saw the request.`,
  hint: "Open any page in a browser, log in there, and send again.",
  certainty: "documented",
});

/** A page for people in the API's place: a proxy, a firewall, or a server that is no API. */
const byWebPage = (status: number, response: NonNullable<Entry["response"]>): Said => ({
  code: "refused-by-web-page",
  message: `Refused (${status}) with ${pageWords(response)} and not with JSON: a proxy or firewall on the way may have answered.`,
  hint: "Read the page in the answer's body: a company's proxy says there what it forbids. If it is not one, check the environment's address.",
  certainty: "unverified",
});

/** What a status of 400 or more means, by its likeliest cause, with what to do next. */
export const explainRefusal = (status: number, environment: Environment, entry: Answered): Said => {
  const { response } = entry;
  if (status === 407) return byProxy(status);
  if (status === 511) return byNetwork(status);
  if ([413, 414, 431].includes(status)) return tooLarge(status, environment);
  if (response && status !== 401 && isWebPage(response)) {
    return [404, 405].includes(status) ? wrongWay(status, environment) : byWebPage(status, response);
  }
  if (status === 401) return unauthorised(environment, entry.kind);
  if (status === 400) return badRequest(entry);
  if (status === 404) return notFound(environment, entry);
  if ([405, 415, 501].includes(status)) return wrongWay(status, environment);
  if (status === 429) {
    return {
      code: "refused-rate",
      message: "Refused (429): too many requests in too short a time.",
      hint: "Wait a little and send again, or send fewer events a second.",
      certainty: "unverified",
    };
  }
  const ours = status < 500;
  return {
    code: ours ? "refused" : "target-failed",
    message: ours
      ? `Refused (${status}): the target did not take the request.`
      : `The target failed (${status}); the event may or may not have been taken.`,
    hint: ours
      ? "Sitecore's documentation names no such answer: read the answer's body, and check the address."
      : "Wait a little and send again; the answer's body may say more.",
    certainty: "unverified",
  };
};

/** Refusals that another transport may help against. */
const mayBeTheWay: readonly string[] = [
  "refused-credential",
  "wrong-transport",
  "refused",
  "unknown-browser",
];

/**
 * Says of a refused event by the transport `spec` at Sitecore's own hosts that nobody has confirmed it, and names the
 * transports that are documented. A window offers them in one click by this issue's code.
 *
 * @returns null where there is nothing to offer
 */
export const unconfirmedTransport = (environment: Environment, code: string): Said | null => {
  const { name, transport } = environment;
  if (!isSitecore(environment) || isEdgeProxy(environment) || !mayBeTheWay.includes(code)) return null;
  if (transport !== "spec") return null;
  return {
    severity: "info",
    code: "unconfirmed-transport",
    message: "It is not known whether the real API takes events in this way.",
    hint: `Sitecore's documentation does not confirm the transport spec, which ${name} uses. If the credential is right, send by ${orList(otherTransports(environment))}: in the composer with one click, in a shell with --transport.`,
    certainty: "unverified",
  };
};
