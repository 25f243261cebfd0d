import type { CredentialProof, CredentialTest } from "../../../shared/model/credential-test";
import type { Environment } from "../../../shared/model/environment";
import type { GuestApiAnswer } from "../sender/guest-api";
import type { NewBrowser } from "../sender/guest-calls";
import type { NoBrowser } from "../sender/no-browser";

type Place = Pick<Environment, "name" | "baseUrl">;

/** A request that was answered, and not with what was asked for. */
interface Answer {
  proof: CredentialProof;
  entryId: string;
  status: number;
  /** What the answer means, as its entry says it. */
  message: string;
  hint: string | null;
}

const nothingKnown = (why: string): string => `Nothing can be said of the credential. ${why}`;

/** Each region of Sitecore's cloud has tenants of its own, and a host of its own. */
const regionHint = ({ baseUrl }: Place): string => {
  const { host, hostname } = new URL(baseUrl);
  return /\.(?:sitecorecloud\.io|boxever\.com)$/.test(hostname)
    ? `A credential counts in its tenant's region alone: check that ${host} is the right one.`
    : `Check that ${host} is the tenant's address.`;
};

/** Answers that say nothing of the credential, and what they say instead. */
const causes: Readonly<Record<number, (place: Place) => Pick<Answer, "message" | "hint">>> = {
  403: ({ name }) => ({
    message: `${name} forbids the request (403).`,
    hint: "The credential may lack the right to read guests, or a proxy or firewall stands between. The answer's body may say which.",
  }),
  404: ({ baseUrl }) => ({
    message: `At ${new URL(baseUrl).host} there is no such API (404).`,
    hint: "Check the environment's address and its path. For guests, the version of the Guest REST API is a setting.",
  }),
  429: ({ name }) => ({
    message: `${name} was asked too often (429).`,
    hint: "Wait a minute, and test again.",
  }),
};

const refusal = (place: Place, { proof, entryId, status, ...asLogged }: Answer): CredentialTest => {
  if (status === 401) {
    const what = proof === "read" ? "the client key or the API token is wrong" : "the client key is wrong";
    return {
      outcome: "wrong",
      proof,
      entryId,
      message: `${place.name} refuses the credential (401): ${what}.`,
      hint: `Compare it with Sitecore CDP's Settings > API access, and enter it anew. ${regionHint(place)}`,
    };
  }
  const { message, hint } = causes[status]?.(place) ?? asLogged;
  return { outcome: "unknown", proof, entryId, message: nothingKnown(message), hint };
};

const isObject = (body: GuestApiAnswer["body"]): boolean =>
  typeof body === "object" && body !== null && !Array.isArray(body);

/** What a search of the Guest API says of the credential it was made with. */
export const foundByRead = ({ entry, body }: GuestApiAnswer, place: Place): CredentialTest => {
  const known = { proof: "read", entryId: entry.id } as const;
  const { error, response, verdict } = entry;
  if (error !== null)
    return { ...known, outcome: "unknown", message: nothingKnown(error.message), hint: error.hint };
  const status = response?.status ?? 0;
  // Documented for a guest that is not there; whoever is not let in is answered 401.
  if (isObject(body) && ((status >= 200 && status < 300) || status === 404)) {
    return {
      ...known,
      outcome: "right",
      message: `Client key and API token are right: ${place.name} answered a read of its Guest API (${status}).`,
      hint: null,
    };
  }
  if (status >= 200 && status < 300) {
    return {
      ...known,
      outcome: "unknown",
      message: nothingKnown(`${place.name} answered ${status}, but not with what the Guest API answers.`),
      hint: "A login page means that a proxy or the network stands between; else check the environment's address.",
    };
  }
  const [reason] = verdict.issues;
  const message = reason?.message ?? `${place.name} answered ${status}.`;
  return refusal(place, { ...known, status, message, hint: reason?.hint ?? null });
};

/** A browser call that was answered with a browser. */
export const foundByGuest = ({ entryId }: NewBrowser, { name }: Place): CredentialTest => ({
  outcome: "right",
  proof: "guest",
  entryId,
  message: `The client key is right: ${name} created an anonymous guest for it.`,
  hint: "Without an API token that is all that can be tested.",
});

/** A browser call that was not. */
export const refusedGuest = ({ call, message, hint }: NoBrowser, place: Place): CredentialTest => {
  const { entryId, status, error } = call;
  const why = message.replace(/^No new guest could be made\. /, "");
  const known = { proof: "guest", entryId } as const;
  if (status === null || error !== null)
    return { ...known, outcome: "unknown", message: nothingKnown(why), hint: hint ?? null };
  return refusal(place, { ...known, status, message: why, hint: hint ?? null });
};
