import { currencies } from "../../../../shared/catalog/currencies";
import type { CatalogName } from "../../../../shared/model/verdict";
import type { SandboxRules } from "../semantics/rules";

/** What `--config` can change; every member is complete and checked. */
export interface SandboxConfig extends SandboxRules {
  clientKey: string;
  apiToken: string;
  /** Site id -> name of its point of sale, for the edge paths. */
  sites: ReadonlyMap<string, string>;
  /** Which catalog judges: the one that the transport means, or always the same. */
  catalog: "by-transport" | CatalogName;
  /** Milliseconds from the answer to the event's outcome. */
  delay: number;
  /** Whether an event that its catalog calls invalid is answered with 400. */
  strict: boolean;
  /** Names, with or without a port, that a `Host` header may carry beside the sandbox's own address. */
  allowedHosts: readonly string[];
  /** Bytes of events and browsers after which nothing more is stored. */
  quota: number;
}

/** The public credential of every sandbox on a loopback address. It opens nothing else, so it is never masked. */
export const publicCredential = { clientKey: "sandbox", apiToken: "sandbox" } as const;

export const defaultConfig: SandboxConfig = {
  ...publicCredential,
  pointsOfSale: [
    { name: "bellhop", timeout: 30 * 60_000 },
    { name: "kiosk", timeout: 20 * 60_000 },
  ],
  dataModel: "2.1",
  identityRules: [{ provider: "email" }, { provider: "CRM" }],
  whenNoMatch: "become-customer",
  unidentifiedOrder: "accept",
  repeatedOrder: "fail",
  currencies: [...currencies],
  sites: new Map([["bellhop", "bellhop"]]),
  catalog: "by-transport",
  delay: 5,
  strict: false,
  allowedHosts: [],
  quota: 1024 ** 3,
};

/** Whether the public credential opens this sandbox, as the environment `sandbox` expects. */
export const isPublic = ({ clientKey, apiToken }: SandboxConfig): boolean =>
  clientKey === publicCredential.clientKey && apiToken === publicCredential.apiToken;
