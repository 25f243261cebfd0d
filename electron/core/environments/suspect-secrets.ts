import { environmentTexts } from "../../../shared/environment-changes";
import type { Environment } from "../../../shared/model/environment";
import type { WithheldField } from "../../../shared/model/environment-exchange";
import { mayNameSecret } from "../../../shared/redact-fields";

/** Names of secrets, written together: `API_TOKEN`, `apiToken` and `api-token` are all `apitoken`. */
const secretName =
  /secret|token|passw(?:or)?d|passphrase|pwd$|credential|authorization|cookie|(?:api|client|private|access|signing|auth)key|contextid/;

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a key looks like: long, of letters and digits mixed, with nothing between that a word or a name would have. */
const looksLikeKey = (value: string): boolean =>
  /^[A-Za-z0-9+/_=-]{24,}$/.test(value) &&
  !isUuid.test(value) &&
  (value.match(/\d/g)?.length ?? 0) >= 3 &&
  /[A-Za-z]/.test(value);

const reasonOf = (field: string, value: string): string | null => {
  if (/^[a-z][a-z\d+.-]*:\/\/[^/?#\s]*@/i.test(value)) return "has a user or password in its address";
  if (/^(?:basic|bearer)\s+\S/i.test(value)) return "is an authorization";
  if (value.includes("-----BEGIN")) return "holds a key or certificate";
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(value)) return "is a signed token";
  if (mayNameSecret(value)) return "has a secret's name in it";
  if (!field.startsWith("vars.")) return null;
  if (secretName.test(field.slice("vars.".length).replace(/[_-]/g, "").toLowerCase()))
    return "is named like a secret";
  return looksLikeKey(value) ? "looks like a key" : null;
};

/**
 * Values of an environment that may be secrets, by what they are called and what they look like.
 *
 * @param masked what redaction makes of a text: a value that it changes is a credential that Bellhop knows
 */
export const suspectSecrets = (environment: Environment, masked: (text: string) => string): WithheldField[] =>
  [...environmentTexts(environment)].flatMap(([field, value]) => {
    const reason = masked(value) === value ? reasonOf(field, value) : "holds a credential of the vault";
    return value === "" || reason === null ? [] : [{ environment: environment.name, field, reason }];
  });
