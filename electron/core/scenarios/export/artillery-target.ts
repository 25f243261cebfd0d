import { credentialVariable, isSandboxName } from "../../../../shared/environment-names";
import { AppError } from "../../../../shared/contract/errors";
import type { CredentialPart, Environment } from "../../../../shared/model/environment";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";

/** How requests of a script reach the target, without a secret in the file. */
export interface ScriptTarget {
  /** The request for a new browser, without what is captured. */
  browser: JsonObject;
  /** The request that carries an event. */
  event(event: JsonObject): JsonObject;
  /** Variables of the process that the script reads. */
  variables: string[];
}

/** The sandbox's credential is public; of any other only the variable's name is written down. */
const secret = (part: CredentialPart, environment: string, used: Set<string>): string => {
  if (isSandboxName(environment)) return "sandbox";
  const variable = credentialVariable(part, environment);
  used.add(variable);
  return `{{ $processEnvironment.${variable} }}`;
};

/** A redirect is an answer, which is not followed to wherever it leads. */
const asInARun = { followRedirect: false };

/** @throws AppError UNSUPPORTED for a transport whose requests cannot be written so */
export const scriptTarget = ({ name, transport }: Environment): ScriptTarget => {
  const used = new Set<string>();
  const key = secret("clientKey", name, used);
  const browser = { url: "/v1.2/browser/create.json", qs: { client_key: key }, ...asInARun };
  if (transport === "engage") {
    const withKey = (event: JsonObject): JsonValue =>
      Object.hasOwn(event, "client_key") ? event : { ...event, client_key: key };
    return {
      browser,
      event: (event) => ({ url: "/v1.2/events", json: withKey(event), ...asInARun }),
      variables: [...used],
    };
  }
  if (transport === "spec") {
    const auth = { user: key, pass: secret("apiToken", name, used) };
    return {
      browser,
      event: (event) => ({ url: "/v1.2/event/create.json", auth, json: event, ...asInARun }),
      variables: [...used],
    };
  }
  throw new AppError({
    code: "UNSUPPORTED",
    message: `${name} uses the transport ${transport}, which an export cannot write yet.`,
    hint: "Export it for an environment with the transport spec or engage.",
  });
};
