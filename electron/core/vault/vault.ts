import { AppError } from "../../../shared/contract/errors";
import { credentialVariable, isSandboxName } from "../../../shared/environment-names";
import type { CredentialStatus, Environment, VaultStatus } from "../../../shared/model/environment";
import { isLoopback } from "../../../shared/origin";
import type { Host } from "../host";
import type { CaFiles } from "../workspace/ca-files";
import { checkParts } from "./check-parts";
import {
  bindingOf,
  credentialParts,
  heldParts,
  missingParts,
  partWords,
  recordFor,
  withRecord,
  type CredentialRecord,
  type Parts,
} from "./credential-record";
import { checkVariables, partsFromVariables, secretsInVariables } from "./credential-variables";
import { explainStore, notYetAnswered } from "./explain-store";
import { createFingerprints } from "./fingerprint";
import { createSystemKeychain, type Keychain } from "./keychain";
import { createRecordStore, type RecordStore } from "./record-store";
import { Secret } from "./secret";
import { createPatience } from "./patience";
import { createKeySource } from "./vault-key";
import type { Credential, VaultService } from "./vault-service";
import { TooLate } from "./within";

/** The sandbox's client key, API token and context id: public, printed in the documents, never masked. */
const publicText = "sandbox";

/** Milliseconds that a status waits for a keychain, which may be waiting for a person. */
const statusPatience = 3000;

/**
 * Milliseconds that redaction of what goes to the sandbox waits, once: enough for a keychain that works, so that a key
 * of another environment in it is found, and not to be noticed where one hangs.
 */
const briefPatience = 250;

const missing = (message: string, hint: string): AppError =>
  new AppError({ code: "CREDENTIAL_MISSING", message, hint });

/** @throws AppError where a credential would travel readable: plain http is for this machine alone, without a proxy */
const checkWire = ({ name, baseUrl, proxy }: Environment): void => {
  const { protocol, hostname, origin } = new URL(baseUrl);
  if (protocol === "https:" || (isLoopback(hostname) && proxy === undefined)) return;
  throw missing(
    `No credential travels over plain http, and ${name} is at ${origin}${proxy === undefined ? "" : ` behind the proxy ${proxy}`}.`,
    "Use the https:// address. Plain http is only for this machine itself.",
  );
};

/** What was found for an environment, before it is told or used. */
interface Finding {
  /** What a credential for the environment is bound to. */
  binding: string;
  from: "vault" | "variables";
  parts: Parts;
  record: CredentialRecord | null;
}

/**
 * One vault for all hosts: `vault.bin` in the profile, encrypted with a key in the operating system's keychain.
 *
 * @param keychain the operating system's, unless a test brings its own
 */
export const createVault = async ({
  host,
  caFiles,
  keychain = createSystemKeychain(),
}: {
  host: Pick<Host, "profileFolder" | "variables" | "fallbackCipher" | "report">;
  caFiles: Pick<CaFiles, "digest">;
  keychain?: Keychain;
}): Promise<VaultService> => {
  const keys = createKeySource(keychain, () => host.fallbackCipher());
  const store = createRecordStore(host.profileFolder, keys, (problem) => host.report(problem));
  const fingerprint = createFingerprints(host.profileFolder);
  let names: () => Promise<string[]> = async () => [];
  let changed = (): void => undefined;
  const readWithin = createPatience(
    () => store.read(),
    () => changed(),
  );

  const boundTo = async (environment: Environment): Promise<string> =>
    bindingOf(environment, await caFiles.digest(environment));

  const find = async (environment: Environment, read: RecordStore["read"]): Promise<Finding> => {
    const parts = partsFromVariables(environment.name, host.variables);
    const binding = await boundTo(environment);
    if (heldParts(parts).length > 0) return { binding, from: "variables", parts, record: null };
    // The vault takes none for the sandbox, so the keychain need not be asked.
    const record = isSandboxName(environment.name) ? null : recordFor(await read(), environment, binding);
    return { binding, from: "vault", parts: record?.parts ?? {}, record };
  };

  /** @throws AppError where what was found must not be used for this environment */
  const check = async (
    environment: Environment,
    { binding, from, parts, record }: Finding,
  ): Promise<void> => {
    const { name, transport } = environment;
    if (from === "variables") checkVariables(environment, await names(), host.variables);
    if (heldParts(parts).length > 0) checkWire(environment);
    if (record !== null && record.origin !== binding)
      throw missing(
        `The credential of ${name} was entered for ${record.origin}, and ${name} is now at ${binding}.`,
        "Confirm in the environment's settings that it may go to the new address, or enter the one that belongs there.",
      );
    const lacking = missingParts(transport, parts);
    if (lacking.length === 0) return;
    const command = `bellhop secret set ${name}${lacking.includes("contextId") ? " --context" : ""}`;
    const without =
      lacking.length === 1 && lacking.includes("apiToken")
        ? ` The transports engage and http-get need none.`
        : "";
    throw missing(
      `${name} has no ${partWords(lacking)}, which the transport ${transport} needs.`,
      `Enter it in the environment's settings or with "${command}", or set ${lacking.map((part) => credentialVariable(part, name)).join(" and ")}.${without}`,
    );
  };

  const fingerprintOf = (parts: Parts): Promise<string> =>
    fingerprint((parts.clientKey ?? parts.contextId ?? parts.apiToken ?? new Secret("")).reveal());

  const statusFrom = async (environment: Environment): Promise<CredentialStatus> => {
    const finding = await find(environment, () => readWithin(statusPatience));
    const { binding, from, parts, record } = finding;
    const has = heldParts(parts);
    if (has.length === 0 && isSandboxName(environment.name)) return { state: "public" };
    if (record !== null && record.origin !== binding) {
      const { origin, since } = record;
      return {
        state: "other-origin",
        origin,
        wanted: binding,
        since,
        fingerprint: await fingerprintOf(parts),
      };
    }
    try {
      await check(environment, finding);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const needs = missingParts(environment.transport, parts);
      const reason = has.length > 0 ? { has, reason: `${error.message} ${error.hint ?? ""}`.trim() } : {};
      return { state: "missing", needs, ...reason };
    }
    return {
      state: "present",
      origin: binding,
      fingerprint: await fingerprintOf(parts),
      since: record?.since ?? null,
      from,
      has,
    };
  };

  const statusOf = (environment: Environment): Promise<CredentialStatus> =>
    statusFrom(environment).catch((error: unknown) => {
      if (error instanceof TooLate) return { state: "locked", reason: notYetAnswered };
      if (error instanceof AppError && error.code === "VAULT_LOCKED")
        return { state: "locked", reason: `${error.message} ${error.hint ?? ""}`.trim() };
      throw error;
    });

  return {
    async status(): Promise<VaultStatus> {
      return explainStore({ store, read: () => readWithin(statusPatience), keys, patience: statusPatience });
    },
    statusOf,
    bindingOf: boundTo,
    async credentialFor(environment): Promise<Credential> {
      const { name } = environment;
      const finding = await find(environment, () => store.read());
      if (isSandboxName(environment.name) && heldParts(finding.parts).length === 0) {
        const open = new Secret(publicText);
        return { environment: name, clientKey: open, apiToken: open, contextId: open, isPublic: true };
      }
      await check(environment, finding);
      const { clientKey = new Secret(""), apiToken = null, contextId = null } = finding.parts;
      return { environment: name, clientKey, apiToken, contextId, isPublic: false };
    },
    async set(environment, given) {
      if (isSandboxName(environment.name))
        throw new AppError({
          code: "INVALID_INPUT",
          message:
            "The sandbox's credential is public and needs no entry: client key and API token are sandbox.",
        });
      const checked = checkParts(given);
      checkWire(environment);
      const origin = await boundTo(environment);
      const since = new Date().toISOString();
      await store.change((records) => {
        const before = recordFor(records, environment, origin);
        const merged = { ...(before?.origin === origin ? before.parts : {}), ...checked };
        const parts = Object.fromEntries(
          credentialParts.flatMap((part) => (merged[part]?.reveal() ? [[part, merged[part]]] : [])),
        );
        const added = withRecord(records, { environment: environment.name, origin, since, parts });
        return added.filter((record) => heldParts(record.parts).length > 0);
      }, true);
    },
    async confirmOrigin(environment, agreed) {
      checkWire(environment);
      const origin = await boundTo(environment);
      // The workspace file may have changed while the person was reading.
      if (agreed !== origin)
        throw new AppError({
          code: "CONFLICT",
          message: `${environment.name} is now at ${origin}, and the consent was for ${agreed}.`,
          hint: "Look at the address again, and confirm it if it is right.",
          field: "/origin",
        });
      const record = recordFor(await store.read(), environment, origin);
      if (record === null) throw missing(`${environment.name} has no credential to confirm.`, "Enter one.");
      if (record.origin === origin) return;
      const since = new Date().toISOString();
      await store.change((records) => withRecord(records, { ...record, origin, since }), true);
    },
    async remove(target) {
      const binding = typeof target === "string" ? "" : await boundTo(target);
      await store.change((records) => {
        if (typeof target === "string") return records.filter(({ environment }) => environment !== target);
        const shown = recordFor(records, target, binding);
        return records.filter((record) => record !== shown);
      }, false);
    },
    async rename(from, to) {
      const binding = await boundTo(from);
      await store.change((records) => {
        const record = recordFor(records, from, binding);
        if (record === null) return [...records];
        const others = records.filter((other) => other !== record);
        return withRecord(others, { ...record, environment: to });
      }, false);
    },
    async list() {
      const records = await store.read();
      return Promise.all(
        records.map(async ({ environment, origin, since, parts }) => ({
          environment,
          origin,
          since,
          has: heldParts(parts),
          fingerprint: await fingerprintOf(parts),
        })),
      );
    },
    async labelFor(text, known, preferred) {
      if (text === publicText) return null;
      const matches = known.filter(({ secret }) => secret.reveal() === text);
      const match = matches.find(({ environment }) => environment === preferred) ?? matches[0];
      return match?.label ?? `***(unknown, ${await fingerprint(text)})`;
    },
    async secrets({ brief }) {
      const reading = readWithin(brief ? briefPatience : statusPatience);
      const records = await reading.catch(() => store.known());
      const inVault = records.flatMap(({ environment, parts }) =>
        Object.values(parts).map((secret) => ({ environment, secret })),
      );
      return [...(await secretsInVariables(names, host.variables)), ...inVault]
        .filter(({ secret }) => secret.reveal() !== publicText)
        .map((known) => ({ ...known, label: `***(matches ${known.environment})` }));
    },
    connect(to) {
      names = to.names;
      changed = to.changed;
    },
    async close() {
      await store.settled();
    },
  };
};
