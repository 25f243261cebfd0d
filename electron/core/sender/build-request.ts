import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import type { StreamEvent } from "../../../shared/model/event";
import type { Credential } from "../vault/vault-service";
import type { HttpRequest } from "./http-client";

type Target = Pick<Environment, "baseUrl" | "transport">;

/** How the environment's own key is shown; standing in an event it means the key itself. */
export const ownLabel = (environment: string): string => `***(matches ${environment})`;

/** What a preview shows where there is no credential yet. */
const absent = "***(missing)";

interface Keys {
  clientKey: string;
  basic: string;
}

const keysOf = (credential: Credential | null): Keys => {
  if (credential === null) return { clientKey: absent, basic: absent };
  const clientKey = credential.clientKey.reveal();
  const pair = `${clientKey}:${credential.apiToken?.reveal() ?? ""}`;
  return { clientKey, basic: `Basic ${Buffer.from(pair, "utf8").toString("base64")}` };
};

const usualHeaders = (version: string): Record<string, string> => ({
  accept: "application/json",
  "accept-encoding": "gzip, deflate, br",
  "user-agent": `Bellhop/${version}`,
});

/** @throws AppError UNSUPPORTED for a transport that this version cannot speak */
export const checkTransport = ({ name, transport }: Pick<Environment, "name" | "transport">): void => {
  if (transport === "spec" || transport === "engage") return;
  throw new AppError({
    code: "UNSUPPORTED",
    message: `${name} uses the transport ${transport}, which this version of Bellhop cannot send with yet.`,
    hint: "Copy the environment and choose the transport spec or engage.",
  });
};

/** A key that was masked in the log is put back where it is the target's own: from the vault, never from the log. */
const withOwnKey = (event: StreamEvent, credential: Credential | null, { clientKey }: Keys): StreamEvent =>
  credential !== null && event["client_key"] === ownLabel(credential.environment)
    ? { ...event, client_key: clientKey }
    : event;

/**
 * The request that carries an event (interface "Transports").
 *
 * @param event as built
 * @param credential null for a preview where there is none
 * @throws AppError UNSUPPORTED
 */
export const buildEventRequest = (
  environment: Target & Pick<Environment, "name">,
  event: StreamEvent,
  credential: Credential | null,
  version: string,
): HttpRequest => {
  checkTransport(environment);
  const keys = keysOf(credential);
  const headers = { "content-type": "application/json", ...usualHeaders(version) };
  const payload = withOwnKey(event, credential, keys);
  if (environment.transport === "engage") {
    // An event that brings a key of its own is sent with it: debugging means sending wrong things.
    const body = Object.hasOwn(payload, "client_key") ? payload : { ...payload, client_key: keys.clientKey };
    const url = `${environment.baseUrl}/v1.2/events`;
    return { method: "POST", url, headers, body: JSON.stringify(body) };
  }
  const url = `${environment.baseUrl}/v1.2/event/create.json`;
  return {
    method: "POST",
    url,
    headers: { ...headers, authorization: keys.basic },
    body: JSON.stringify(payload),
  };
};

/** The request for a new browser id and guest; the same for all transports but edge. @throws AppError UNSUPPORTED */
export const buildBrowserRequest = (
  environment: Target & Pick<Environment, "name">,
  credential: Credential,
  version: string,
): HttpRequest => {
  checkTransport(environment);
  const key = encodeURIComponent(keysOf(credential).clientKey);
  const url = `${environment.baseUrl}/v1.2/browser/create.json?client_key=${key}`;
  return { method: "GET", url, headers: usualHeaders(version), body: null };
};

/** @throws AppError CREDENTIAL_MISSING where there is no client key or no API token: the Guest REST API wants both */
export const checkReader = (environment: Pick<Environment, "name">, credential: Credential): void => {
  if (credential.clientKey.reveal() !== "" && credential.apiToken !== null) return;
  const lacking = credential.apiToken === null ? "API token" : "client key";
  throw new AppError({
    code: "CREDENTIAL_MISSING",
    message: `${environment.name} has no ${lacking}, and guests are read with client key and API token.`,
    hint: `Both are in Sitecore CDP under Settings > API access. Enter them in the environment's settings or with "bellhop secret set ${environment.name}".`,
  });
};

/**
 * The request that reads guests: Basic, with the client key as user and the API token as password (facts §6).
 *
 * @param path path and query, percent-encoded
 */
export const buildGuestApiRequest = (
  environment: Pick<Environment, "baseUrl">,
  path: string,
  credential: Credential,
  version: string,
): HttpRequest => ({
  method: "GET",
  url: `${environment.baseUrl}${path}`,
  headers: { ...usualHeaders(version), authorization: keysOf(credential).basic },
  body: null,
});
