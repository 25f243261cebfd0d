import type { CatalogName } from "./verdict";

/** How an event goes on the wire. */
export type Transport = "spec" | "http-get" | "engage" | "edge";

export const environmentColours = ["slate", "blue", "teal", "green", "ochre", "plum", "rose"] as const;
export type EnvironmentColour = (typeof environmentColours)[number];

/** A named target for events. Holds no secret: the credential lives in the vault. */
export interface Environment {
  /** Letters, digits, `-`, `_` and `.`; up to 64 characters; unique in the workspace. */
  name: string;
  colour: EnvironmentColour;
  /** Scheme and host, with an optional path prefix, without a trailing slash: `https://cdp.example`. */
  baseUrl: string;
  transport: Transport;
  /** Defaults to what the transport means: `spec` for `spec`, `sitecore` otherwise. */
  catalog: CatalogName;
  channel?: string;
  pos?: string;
  currency?: string;
  language?: string;
  siteId?: string;
  caFile?: string;
  proxy?: string;
  production: boolean;
  /** The tenant's own values, read as `{{ env.NAME }}`. */
  vars: Record<string, string>;
}

/** An environment as a screen or the command line sees it. */
export interface EnvironmentView extends Environment {
  builtIn: boolean;
  /** Whether it is Bellhop's own sandbox, whose public credential needs no vault. */
  sandbox: boolean;
  credential: CredentialStatus;
  /** Whether a person has agreed, since this start, to send to this production environment. */
  consented: boolean;
}

/** All that anything outside the core learns of a credential: never a part of it. */
export type CredentialStatus =
  | { state: "public" }
  | {
      state: "missing";
      /** The parts that the transport needs and that are not there. */
      needs: CredentialPart[];
      /** The parts that are there, where some are. */
      has?: CredentialPart[];
      /** A sentence: why a credential that may exist does not count here. */
      reason?: string;
    }
  /** Entered for another origin than the environment's address now has: counts as missing until confirmed. */
  | {
      state: "other-origin";
      origin: string;
      /** Where it would go once confirmed; as `origin`, it names a proxy and a certificate authority too. */
      wanted: string;
      fingerprint: string;
      since: string;
    }
  /** Present in the vault or the variables. `since` is an ISO time, null for variables. */
  | {
      state: "present";
      origin: string;
      fingerprint: string;
      since: string | null;
      from: "vault" | "variables";
      has: CredentialPart[];
    }
  /** There may be one, but the vault cannot be opened. */
  | { state: "locked"; reason: string };

export type CredentialPart = "clientKey" | "apiToken" | "contextId";

/** One credential of the vault. `origin` names a proxy and an extra certificate authority too, where there are any. */
export interface CredentialRecordView {
  environment: string;
  origin: string;
  /** ISO time. */
  since: string;
  has: CredentialPart[];
  /** Six hex digits that say nothing of the secret. */
  fingerprint: string;
}

/** Where secrets are kept. `memory` forgets them when Bellhop closes. */
export interface VaultStatus {
  store: "keychain" | "safe-storage" | "memory";
  /** A sentence for people: where secrets are, and why not in the keychain. */
  explanation: string;
  credentials: number;
}
