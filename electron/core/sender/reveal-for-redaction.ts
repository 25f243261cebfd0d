/** The one place that gives out plain texts of secrets. A layer rule lets only `redaction.ts` import it. */
import type { KnownSecret } from "../../../shared/redact";
import type { Credential, LabelledSecret } from "../vault/vault-service";
import { ownLabel } from "./build-request";

/** What redaction looks for by value: every secret of the process, this send's own before the others. */
export const revealForRedaction = (
  secrets: readonly LabelledSecret[],
  credential: Credential | null,
): KnownSecret[] => {
  const known = secrets.map(({ secret, label }) => ({ text: secret.reveal(), label }));
  if (credential === null || credential.isPublic) return known;
  const label = ownLabel(credential.environment);
  const { clientKey, apiToken, contextId } = credential;
  const own = [clientKey, apiToken, contextId].flatMap((secret) => secret?.reveal() || []);
  // As Basic joins them, which also finds two that are each too short to be looked for.
  const pair = apiToken ? [`${clientKey.reveal()}:${apiToken.reveal()}`] : [];
  return [...pair, ...own].map((text) => ({ text, label })).concat(known);
};
