import { isSandboxName } from "../../../shared/environment-names";
import { createRedactor, type KnownSecret, type Redactor } from "../../../shared/redact";
import type { Credential, VaultService } from "../vault/vault-service";
import { revealForRedaction } from "./reveal-for-redaction";

/** Runs `apply` with a redactor that knows every secret of this process and how each key is to be shown. */
export type Redact = <T>(
  target: { environment: string; credential: Credential | null },
  apply: (redactor: Redactor) => T,
) => Promise<T>;

/** More different keys than this in one text are somebody's game; what follows is shown as `***`. */
const mostLabels = 200;

const basic = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i;

/** The key inside an Authorization value: the user of Basic, the token of Bearer. */
const keyIn = (text: string): { key: string; always: boolean } => {
  const encoded = basic.exec(text)?.[1];
  if (encoded !== undefined) {
    const [user = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
    return { key: user, always: true };
  }
  return { key: text.replace(/^bearer\s+/i, ""), always: false };
};

const sameSecrets = (one: readonly KnownSecret[], other: readonly KnownSecret[]): boolean =>
  one.length === other.length &&
  one.every(({ text, label }, index) => text === other[index]?.text && label === other[index]?.label);

/** Redaction as the log and the previews need it: the rules are `shared/redact.ts`, the labels are the vault's. */
export const createRedaction = (vault: Pick<VaultService, "labelFor" | "secrets">): Redact => {
  // The same array as long as the secrets are the same, because what is made of it is kept with it.
  const recent = new Map<string, readonly KnownSecret[]>();
  const knownFor = async (environment: string, credential: Credential | null) => {
    const secrets = await vault.secrets({ brief: isSandboxName(environment) });
    const known = revealForRedaction(secrets, credential);
    const before = recent.get(environment);
    if (before && sameSecrets(before, known)) return { secrets, known: before };
    recent.set(environment, known);
    return { secrets, known };
  };

  const label = async (
    text: string,
    environment: string,
    { secrets, known }: Awaited<ReturnType<typeof knownFor>>,
  ): Promise<string | null> => {
    const { key, always } = keyIn(text);
    // Most are this send's own, which comes first.
    const own = known.find((secret) => secret.text === key);
    if (own) return own.label;
    // An Authorization header is masked always, even with the sandbox's public credential.
    return (await vault.labelFor(key, secrets, environment)) ?? (always ? "***(matches sandbox)" : null);
  };

  return async ({ environment, credential }, apply) => {
    const found = await knownFor(environment, credential);
    const { known } = found;
    // The vault answers later, and redaction is pure: a first pass finds the keys, a second one names them.
    const met = new Set<string>();
    const blind = apply(createRedactor({ known, labelOf: (text) => (met.add(text), "***") }));
    if (met.size === 0) return blind;
    const keys = [...met].slice(0, mostLabels);
    const pairs = keys.map(async (key) => [key, await label(key, environment, found)] as const);
    const labels = new Map<string, string | null>(await Promise.all(pairs));
    const labelOf = (text: string): string | null => (labels.has(text) ? (labels.get(text) ?? null) : "***");
    return apply(createRedactor({ known, labelOf }));
  };
};
