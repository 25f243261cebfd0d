import type { CredentialPart, CredentialStatus, Environment, VaultStatus } from "../../../shared/model/environment";
import type { Secret } from "./secret";

/** A credential whose values only the request builder may reveal. */
export interface Credential {
  environment: string;
  clientKey: Secret;
  apiToken: Secret | null;
  contextId: Secret | null;
  /** The sandbox's credential is public: it is never masked. */
  isPublic: boolean;
}

export type NewCredential = Partial<Record<CredentialPart, Secret>>;

/** Keeps credentials, bound to the origin each was entered for. No method gives out a secret's text. */
export interface VaultService {
  status(): Promise<VaultStatus>;
  statusOf(environment: Environment): Promise<CredentialStatus>;
  /**
   * What a send to this environment may use.
   * @throws AppError CREDENTIAL_MISSING, VAULT_LOCKED
   */
  credentialFor(environment: Environment): Promise<Credential>;
  /** Adds or replaces; parts left out stay as they are. @throws AppError VAULT_LOCKED, INVALID_INPUT */
  set(environment: Environment, parts: NewCredential): Promise<void>;
  confirmOrigin(environment: Environment): Promise<void>;
  remove(environment: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  list(): Promise<{ environment: string; origin: string; since: string; has: CredentialPart[]; fingerprint: string }[]>;
  /**
   * How a key that stands somewhere is shown: `***(matches eu)`, `***(unknown, a1b2c3)`; null where the text is
   * the sandbox's public credential, which is never masked.
   */
  labelFor(text: string): Promise<string | null>;
  /** Every secret known in this process, for redaction by value. */
  secrets(): Promise<{ secret: Secret; label: string }[]>;
  close(): Promise<void>;
}
