import { isSandboxName } from "../../../shared/environment-names";
import { createRedactor, type KnownSecret, type Redactor } from "../../../shared/redact";
import type { Credential, LabelledSecret, VaultService } from "../vault/vault-service";
import type { Host } from "../host";
import { proxyLogins } from "./proxies";
import { revealForRedaction } from "./reveal-for-redaction";

/** For whom something is redacted. */
export interface RedactionTarget {
  environment: string;
  /** Of this send; null where there is none. */
  credential: Credential | null;
  /** Milliseconds for which what the vault said holds: a run need not ask before each event. Else it is asked anew. */
  freshFor?: number;
}

/** Runs `apply` with a redactor that knows every secret of this process and how each key is to be shown. */
export type Redact = <T>(target: RedactionTarget, apply: (redactor: Redactor) => T) => Promise<T>;

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

/** What is known of secrets for an environment, and what was made of it. */
interface Known {
  at: number;
  credential: Credential | null;
  secrets: LabelledSecret[];
  known: readonly KnownSecret[];
  /** How keys are shown that were met before. */
  labels: Map<string, string | null>;
  /** Keys that were met and are not in `labels` yet. */
  met: Set<string>;
  redactor: Redactor;
}

/** Labels that are remembered; a target may bring a new key with each answer. */
const labelsRemembered = 1_000;

type Labels = Pick<VaultService, "labelFor" | "secrets">;

/** What the vault knows of secrets, and the names and passwords of proxies that the variables hold. */
export const withProxyLogins = (vault: Labels, variables: Host["variables"]): Labels => {
  const logins = proxyLogins(variables).map((secret) => ({ environment: "", secret, label: "***(proxy)" }));
  if (logins.length === 0) return vault;
  return {
    labelFor: (text, known, preferred) => vault.labelFor(text, known, preferred),
    secrets: async (options) => [...logins, ...(await vault.secrets(options))],
  };
};

/** Redaction as the log and the previews need it: the rules are `shared/redact.ts`, the labels are the vault's. */
export const createRedaction = (vault: Labels): Redact => {
  const recent = new Map<string, Known>();

  const lookUp = async ({ environment, credential }: RedactionTarget): Promise<Known> => {
    const secrets = await vault.secrets({ brief: isSandboxName(environment) });
    const known = revealForRedaction(secrets, credential);
    const before = recent.get(environment);
    const at = performance.now();
    // All that was made of the secrets holds as long as they are the same.
    if (before && sameSecrets(before.known, known)) return Object.assign(before, { at, credential, secrets });
    const labels = new Map<string, string | null>();
    const met = new Set<string>();
    const labelOf = (text: string): string | null => {
      const label = labels.get(text);
      if (label !== undefined) return label;
      met.add(text);
      return "***";
    };
    const redactor = createRedactor({ known, labelOf });
    const found = { at, credential, secrets, known, labels, met, redactor };
    recent.set(environment, found);
    return found;
  };

  const knownFor = (target: RedactionTarget): Known | Promise<Known> => {
    const { environment, credential, freshFor = 0 } = target;
    const before = recent.get(environment);
    return before && before.credential === credential && performance.now() - before.at < freshFor
      ? before
      : lookUp(target);
  };

  const label = async (
    text: string,
    environment: string,
    { secrets, known }: Known,
  ): Promise<string | null> => {
    const { key, always } = keyIn(text);
    // Most are this send's own, which comes first.
    const own = known.find((secret) => secret.text === key);
    if (own) return own.label;
    // An Authorization header is masked always, even with the sandbox's public credential.
    return (await vault.labelFor(key, secrets, environment)) ?? (always ? "***(matches sandbox)" : null);
  };

  return async (target, apply) => {
    const found = await knownFor(target);
    const { met, labels, redactor } = found;
    // The vault answers later, and redaction is pure: a first pass finds new keys, a second one names them.
    met.clear();
    const blind = apply(redactor);
    if (met.size === 0) return blind;
    const keys = [...met].slice(0, mostLabels);
    const pairs = keys.map(async (key) => [key, await label(key, target.environment, found)] as const);
    if (labels.size > labelsRemembered) labels.clear();
    for (const [key, shown] of await Promise.all(pairs)) labels.set(key, shown);
    return apply(redactor);
  };
};
