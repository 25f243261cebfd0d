import type { CredentialPart, Environment, Transport } from "../../../shared/model/environment";
import { originOf } from "../../../shared/origin";
import type { Secret } from "./secret";

export const credentialParts = ["clientKey", "apiToken", "contextId"] as const satisfies CredentialPart[];

export type Parts = Partial<Record<CredentialPart, Secret>>;

/** A credential as the vault keeps it: for one environment's name, and for one way to one origin. */
export interface CredentialRecord {
  environment: string;
  /** See `bindingOf`. */
  origin: string;
  /** ISO time. */
  since: string;
  parts: Parts;
}

/**
 * What a credential is bound to: the origin, and the proxy and the extra certificate authority that stand between.
 * The latter two come from the same workspace as the address, and together could read what goes to an origin.
 *
 * @param caDigest SHA-256 of the CA file's content, so that another file under its name is another authority; null
 *   where there is no usable one
 */
export const bindingOf = ({ baseUrl, proxy, caFile }: Environment, caDigest: string | null): string =>
  originOf(baseUrl) +
  (proxy === undefined ? "" : ` through ${proxy}`) +
  (caFile === undefined
    ? ""
    : ` trusting ${caFile} (${caDigest === null ? "unreadable" : `SHA-256 ${caDigest}`})`);

const neededBy: Record<Transport, readonly CredentialPart[]> = {
  spec: ["clientKey", "apiToken"],
  "http-get": ["clientKey"],
  engage: ["clientKey"],
  edge: ["contextId"],
};

export const heldParts = (parts: Parts): CredentialPart[] =>
  credentialParts.filter((part) => parts[part] !== undefined);

/** Which parts a transport needs that are not there. */
export const missingParts = (transport: Transport, parts: Parts): CredentialPart[] =>
  neededBy[transport].filter((part) => parts[part] === undefined);

const partNames: Record<CredentialPart, string> = {
  clientKey: "client key",
  apiToken: "API token",
  contextId: "context id",
};

/** `client key and API token`. */
export const partWords = (parts: readonly CredentialPart[]): string =>
  parts.map((part) => partNames[part]).join(" and ");

/**
 * The record that counts for an environment: the one bound to its address, else the newest under its name, which
 * then belongs to another origin.
 *
 * @param binding see `bindingOf`
 */
export const recordFor = (
  records: readonly CredentialRecord[],
  { name }: Pick<Environment, "name">,
  binding: string,
): CredentialRecord | null => {
  const named = records.filter((record) => record.environment === name);
  const newest = [...named].sort((a, b) => b.since.localeCompare(a.since))[0];
  return named.find((record) => record.origin === binding) ?? newest ?? null;
};

/** The records with one put in the place of the one for the same environment and origin. */
export const withRecord = (
  records: readonly CredentialRecord[],
  added: CredentialRecord,
): CredentialRecord[] => [
  ...records.filter(
    ({ environment, origin }) => environment !== added.environment || origin !== added.origin,
  ),
  added,
];
