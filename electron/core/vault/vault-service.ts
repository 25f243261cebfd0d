import type {
  CredentialPart,
  CredentialRecordView,
  CredentialStatus,
  Environment,
  VaultStatus,
} from "../../../shared/model/environment";
import type { Secret } from "./secret";

/** A credential whose values only the request builder may reveal. */
export interface Credential {
  environment: string;
  /** Empty where there is none, which only the edge transport allows. */
  clientKey: Secret;
  apiToken: Secret | null;
  contextId: Secret | null;
  /** The sandbox's credential is public: it is never masked. */
  isPublic: boolean;
}

/** A secret of this process, whose it is, and how it is shown. */
export interface LabelledSecret {
  environment: string;
  secret: Secret;
  label: string;
}

export type NewCredential = Partial<Record<CredentialPart, Secret>>;

/** Keeps credentials, bound to the origin each was entered for. No method gives out a secret's text. */
export interface VaultService {
  status(): Promise<VaultStatus>;
  /** Never throws: what cannot be opened is `locked`, what may not travel is `missing` with the reason. */
  statusOf(environment: Environment): Promise<CredentialStatus>;
  /** What a credential for it would be bound to: its origin, its proxy, and its CA file with a digest of the content. */
  bindingOf(environment: Environment): Promise<string>;
  /**
   * What a send to this environment may use: from the variables, else from the vault.
   * @throws AppError CREDENTIAL_MISSING, VAULT_LOCKED, CONFLICT where a variable fits two environments
   */
  credentialFor(environment: Environment): Promise<Credential>;
  /**
   * Adds or replaces; parts left out stay as they are, an empty one is taken away.
   * @throws AppError VAULT_LOCKED, INVALID_INPUT
   */
  set(environment: Environment, parts: NewCredential): Promise<void>;
  /**
   * A person agrees that the credential entered for another origin goes to this one's.
   * @param agreed what the person was shown, the status's `wanted`: where the environment is elsewhere by now, nothing
   *   is agreed to
   * @throws AppError CONFLICT, CREDENTIAL_MISSING, VAULT_LOCKED
   */
  confirmOrigin(environment: Environment, agreed: string): Promise<void>;
  /** Forgets what `statusOf` shows of an environment, or everything under a name. @throws AppError VAULT_LOCKED */
  remove(environment: Environment | string): Promise<void>;
  /** Keeps an environment's credential under its new name. @throws AppError VAULT_LOCKED */
  rename(from: Environment, to: string): Promise<void>;
  /** @throws AppError VAULT_LOCKED */
  list(): Promise<CredentialRecordView[]>;
  /**
   * How a key that stands somewhere is shown: `***(matches eu)`, `***(unknown, a1b2c3)`; null where the text is
   * the sandbox's public credential, which is never masked.
   * @param known what `secrets` gave
   * @param preferred the environment to name where several have the same key
   */
  labelFor(text: string, known: readonly LabelledSecret[], preferred?: string): Promise<string | null>;
  /**
   * Every secret known in this process, for redaction by value: it must not depend on whether the vault was read
   * before, so this reads it. A keychain that does not answer is waited for once; until it has answered, what is known
   * without it is given at once.
   * @param options.brief waits a quarter of a second at most, for what goes to the sandbox
   */
  secrets(options: { brief: boolean }): Promise<LabelledSecret[]>;
  /**
   * Tells the vault which environments there are, to notice a variable that fits two of them, and whom to tell when
   * a keychain answers after a status did not wait for it.
   */
  connect(to: { names: () => Promise<string[]>; changed: () => void }): void;
  /** Waits for a change that is being written. */
  close(): Promise<void>;
}
