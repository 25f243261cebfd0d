/** What is known of the four ways in which an event goes on the wire, and of Sitecore's own hosts. */
import type { Environment, Transport } from "./model/environment";

type Place = Pick<Environment, "baseUrl">;

export const transportNames = ["spec", "http-get", "engage", "edge"] as const satisfies Transport[];

/** Sitecore's regions by the host of their API, each with the built-in environment that stands for it. */
export const regions: Readonly<Record<string, string>> = {
  "api-engage-eu.sitecorecloud.io": "eu",
  "api-engage-us.sitecorecloud.io": "us",
  "api-engage-ap.sitecorecloud.io": "ap",
  "api-engage-jpe.sitecorecloud.io": "jp",
};

/** The host of a base URL that has been checked; asked for each event, so that nothing is parsed for it. */
const hostOf = ({ baseUrl }: Place): string =>
  /^https?:\/\/([^/:?#@]+)(?:[/:?#]|$)/i.exec(baseUrl)?.[1]?.toLowerCase() ?? "";

/** Whether a host is Sitecore's own, of which we know what is documented. */
export const isSitecore = (place: Place): boolean =>
  /(^|\.)(sitecorecloud\.io|boxever\.com)$/.test(hostOf(place));

/** Whether it is Sitecore's edge proxy, which takes the transport `edge` and no other. */
export const isEdgeProxy = (place: Place): boolean =>
  /^edge-platform[a-z0-9-]*\.sitecorecloud\.io$/.test(hostOf(place));

/** Whether the address takes events by this transport as far as anybody knows; false only where it surely does not. */
export const mayFit = (place: Place, transport: Transport): boolean =>
  !isSitecore(place) || isEdgeProxy(place) === (transport === "edge");

/**
 * The transports worth trying where one was refused, the likeliest first: those that Sitecore's documentation or its
 * own library uses at that address.
 */
export const otherTransports = ({ baseUrl, transport }: Place & { transport: Transport }): Transport[] => {
  const known: Transport[] = isEdgeProxy({ baseUrl }) ? ["edge"] : ["engage", "http-get"];
  return known.filter((other) => other !== transport);
};

/** Issues of a request rather than of its event: what its transport cannot do, or lacks. */
export const requestIssues: readonly string[] = ["address-too-long", "no-site-id", "wrong-transport"];

/** Issues against which another transport may help. */
export const transportIssues: readonly string[] = [
  "unconfirmed-transport",
  "wrong-transport",
  "refused-size",
  "address-too-long",
];

/** Fields that an event may leave out because what stands between fills them in (facts: the edge proxy, by the site). */
export const filledOnTheWay = ({
  transport,
  siteId,
}: Pick<Environment, "transport" | "siteId">): readonly string[] =>
  transport === "edge" && siteId !== undefined && siteId !== "" ? ["pos"] : [];
