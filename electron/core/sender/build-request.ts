import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import type { StreamEvent } from "../../../shared/model/event";
import type { Credential } from "../vault/vault-service";
import type { HttpRequest } from "./http-client";

type Target = Pick<Environment, "name" | "baseUrl" | "transport" | "siteId">;

/** How the environment's own key is shown; standing in an event it means the key itself. */
export const ownLabel = (environment: string): string => `***(matches ${environment})`;

/** What a preview shows where there is no credential yet. */
const absent = "***(missing)";

interface Keys {
  clientKey: string;
  basic: string;
  contextId: string;
}

const keysOf = (credential: Credential | null): Keys => {
  if (credential === null) return { clientKey: absent, basic: absent, contextId: absent };
  const clientKey = credential.clientKey.reveal();
  const pair = `${clientKey}:${credential.apiToken?.reveal() ?? ""}`;
  const basic = `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
  return { clientKey, basic, contextId: credential.contextId?.reveal() ?? "" };
};

const usualHeaders = (version: string): Record<string, string> => ({
  accept: "application/json",
  "accept-encoding": "gzip, deflate, br",
  "user-agent": `Bellhop/${version}`,
});

/** A key that was masked in the log is put back where it is the target's own: from the vault, never from the log. */
const withOwnKey = (event: StreamEvent, credential: Credential | null, { clientKey }: Keys): StreamEvent =>
  credential !== null && event["client_key"] === ownLabel(credential.environment)
    ? { ...event, client_key: clientKey }
    : event;

/** A query of names and values; what is empty stays in it, as Sitecore's own libraries send it. */
const query = (parts: Record<string, string>): string =>
  Object.entries(parts)
    .map(([name, value]) => `${name}=${value === absent ? value : encodeURIComponent(value)}`)
    .join("&");

type Write = (
  target: Target,
  event: StreamEvent,
  keys: Keys,
) => Pick<HttpRequest, "method" | "url" | "body"> & {
  headers?: Record<string, string>;
};

const asJson = { "content-type": "application/json" };

/** How each transport writes an event (interface "Transports"; facts §1, as recorded from Sitecore's libraries). */
const writers: Record<Environment["transport"], Write> = {
  spec: ({ baseUrl }, event, { basic }) => ({
    method: "POST",
    url: `${baseUrl}/v1.2/event/create.json`,
    headers: { ...asJson, authorization: basic },
    body: JSON.stringify(event),
  }),
  // The message is encoded whole: a `+` that stays one is read as a space. JSON.stringify leaves no lone surrogate.
  "http-get": ({ baseUrl }, event, { clientKey }) => ({
    method: "GET",
    url: `${baseUrl}/v1.2/event/create.json?${query({ client_key: clientKey, message: JSON.stringify(event) })}`,
    body: null,
  }),
  // An event that brings a key of its own is sent with it: debugging means sending wrong things.
  engage: ({ baseUrl }, event, { clientKey }) => ({
    method: "POST",
    url: `${baseUrl}/v1.2/events`,
    headers: asJson,
    body: JSON.stringify(Object.hasOwn(event, "client_key") ? event : { ...event, client_key: clientKey }),
  }),
  // As the Cloud SDK has it: key and point of sale are empty, and the proxy fills them in by context and site.
  edge: ({ baseUrl, siteId }, event, { contextId }) => ({
    method: "POST",
    url: `${baseUrl}/v1/events/v1.2/events?${query({
      sitecoreContextId: contextId,
      ...(siteId !== undefined && siteId !== "" && { siteId }),
    })}`,
    headers: asJson,
    body: JSON.stringify({ client_key: "", pos: "", ...event }),
  }),
};

/**
 * The request that carries an event.
 *
 * @param event as built
 * @param credential null for a preview where there is none
 */
export const buildEventRequest = (
  target: Target,
  event: StreamEvent,
  credential: Credential | null,
  version: string,
): HttpRequest => {
  const keys = keysOf(credential);
  const { method, url, headers, body } = writers[target.transport](
    target,
    withOwnKey(event, credential, keys),
    keys,
  );
  return { method, url, headers: { ...headers, ...usualHeaders(version) }, body };
};

/** The request for a new browser id and guest: by the edge proxy with its context id, else with the client key. */
export const buildBrowserRequest = (
  { baseUrl, transport }: Target,
  credential: Credential,
  version: string,
): HttpRequest => {
  const { clientKey, contextId } = keysOf(credential);
  const url =
    transport === "edge"
      ? `${baseUrl}/v1/events/v1.2/browser/create.json?${query({ sitecoreContextId: contextId, client_key: "" })}`
      : `${baseUrl}/v1.2/browser/create.json?${query({ client_key: clientKey })}`;
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
