import type { Environment } from "../../../shared/model/environment";
import type { Issue, Verdict } from "../../../shared/model/verdict";
import { isEdgeProxy, isSitecore, mayFit, otherTransports } from "../../../shared/transports";
import type { HttpRequest } from "./http-client";

/**
 * Characters of an address that every server is asked to take (RFC 9110 §4.1: at least 8,000 octets). Sitecore names no
 * limit; common servers and proxies end between 8,000 and 16,000.
 */
export const longestAddress = 8_000;

const inWords = (count: number): string => count.toLocaleString("en");

const tooLong = ({ catalog }: Environment, length: number): Issue => ({
  severity: "error",
  code: "address-too-long",
  path: "",
  message: `The address would have ${inWords(length)} characters, because http-get puts the whole event into it. Not every server and proxy takes more than ${inWords(longestAddress)}.`,
  hint: "Make the event smaller, or send it by the transport engage, which puts it into the body.",
  catalog,
  certainty: "unverified",
});

const noSite = ({ name, catalog }: Environment): Issue => ({
  severity: "warning",
  code: "no-site-id",
  path: "",
  message: `${name} has no site id, by which the edge proxy finds the point of sale.`,
  hint: "Enter siteId in the environment's settings: it is the site's name in XM Cloud or the Cloud SDK's siteName.",
  catalog,
  certainty: "observed",
});

const wrongTransport = (environment: Environment): Issue => {
  const { name, catalog, transport } = environment;
  const [other = "engage"] = otherTransports(environment);
  const what = isEdgeProxy(environment)
    ? `${name} is at Sitecore's edge proxy, which takes events by the transport edge, not by ${transport}.`
    : `${name} is not at Sitecore's edge proxy, and the transport edge goes only there.`;
  return {
    severity: "warning",
    code: "wrong-transport",
    path: "",
    message: what,
    hint: `Choose the transport ${other} for it, or correct its address.`,
    catalog,
    certainty: "observed",
  };
};

/** What there is to say of a request before it leaves: what its transport cannot do, or lacks. */
export const issuesOfRequest = (environment: Environment, { url }: Pick<HttpRequest, "url">): Issue[] => {
  const { transport, siteId } = environment;
  const issues: Issue[] = [];
  if (transport === "http-get" && url.length > longestAddress) issues.push(tooLong(environment, url.length));
  if (transport === "edge" && !siteId) issues.push(noSite(environment));
  if (isSitecore(environment) && !mayFit(environment, transport)) issues.push(wrongTransport(environment));
  return issues;
};

/** A verdict with what is said of the request; an error there makes no event invalid, but is asked about like one. */
export const withIssues = (verdict: Verdict, issues: readonly Issue[]): Verdict =>
  issues.length === 0 ? verdict : { ...verdict, issues: [...verdict.issues, ...issues] };
