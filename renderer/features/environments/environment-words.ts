import type { CatalogName } from "../../../shared/model/verdict";
import type {
  CredentialPart,
  CredentialStatus,
  Environment,
  EnvironmentView,
  Transport,
  VaultStatus,
} from "../../../shared/model/environment";

/** What is kept of an environment in the workspace's file, without what a screen learns beside it. */
export const environmentOf = ({
  builtIn: _builtIn,
  sandbox: _sandbox,
  credential: _credential,
  consented: _consented,
  ...environment
}: EnvironmentView): Environment => environment;

/** Where an environment sends, without the scheme: `127.0.0.1:4680`, `cdp.example/eu`. */
export const addressOf = ({ baseUrl }: Pick<Environment, "baseUrl">): string =>
  baseUrl.replace(/^https?:\/\//, "");

/** The transports that can be chosen, each with what it does in a few words. */
export const transports: readonly { value: Transport; label: string; detail: string }[] = [
  { value: "spec", label: "spec", detail: "POST v1.2/event/create.json, key and token as Basic" },
  { value: "engage", label: "engage", detail: "POST v1.2/events, client key in the body" },
  {
    value: "http-get",
    label: "http-get",
    detail: "GET v1.2/event/create.json, all in the address",
  },
  {
    value: "edge",
    label: "edge",
    detail: "POST to the edge proxy, by context id and site",
  },
];

export const partNames: Record<CredentialPart, string> = {
  clientKey: "Client key",
  apiToken: "API token",
  contextId: "Context id",
};

/** The parts of a credential that a person enters for a transport; `required` is what a send cannot do without. */
export const partsFor = (
  transport: Transport,
): { part: CredentialPart; required: boolean; hint: string }[] => {
  if (transport === "edge") {
    return [
      { part: "contextId", required: true, hint: "The Sitecore context id of the site." },
      { part: "clientKey", required: false, hint: "Only to read guests back." },
      { part: "apiToken", required: false, hint: "Only to read guests back." },
    ];
  }
  const needsToken = transport === "spec";
  return [
    { part: "clientKey", required: true, hint: "In Sitecore CDP under Settings, API access." },
    {
      part: "apiToken",
      required: needsToken,
      hint: needsToken
        ? "Goes with the key as Basic authorization."
        : "Only to read guests back; may stay empty.",
    },
  ];
};

const needsWords = (parts: readonly CredentialPart[]): string =>
  parts.map((part) => partNames[part].toLowerCase().replace("api", "API")).join(" and ");

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A time as people read it: `23 Nov 2026, 10:36`. */
export const momentOf = (iso: string): string => day.format(new Date(iso));

/** What there is to say of a credential in one line, and how grave it is. */
export const credentialWords = (
  credential: CredentialStatus,
  store: VaultStatus["store"] = "keychain",
): { tone: "ok" | "warn" | "bad" | "quiet"; text: string } => {
  switch (credential.state) {
    case "public":
      return { tone: "ok", text: "The sandbox's own, sandbox and sandbox. It is public, no secret." };
    case "missing":
      return {
        tone: "warn",
        text: `None yet. To send, this transport needs the ${needsWords(credential.needs)}.`,
      };
    case "other-origin":
      return {
        tone: "warn",
        text: `Entered for ${credential.origin}, so it does not count here until you confirm it.`,
      };
    case "locked":
      return { tone: "bad", text: credential.reason };
    case "present":
      return credential.from === "variables"
        ? { tone: "ok", text: "From the environment variables of the process." }
        : store === "memory"
          ? { tone: "warn", text: "In memory only: forgotten when Bellhop closes. No window can read it." }
          : { tone: "ok", text: "In the vault. No window, file or export can read it." };
  }
};

/** A credential in half a line: that it exists, where, and its fingerprint. Never a part of it. */
export const credentialLine = (credential: CredentialStatus): string => {
  switch (credential.state) {
    case "public":
      return "the sandbox's own";
    case "present":
      return `fingerprint ${credential.fingerprint}, from the ${credential.from}`;
    case "missing":
      return "none yet";
    case "other-origin":
      return `entered for ${credential.origin}, not confirmed here`;
    case "locked":
      return "the vault is locked";
  }
};

/** The channels that a catalog names. Sources: the specification's enumeration; Sitecore's event object. */
export const channelsOf = (catalog: CatalogName): readonly string[] =>
  catalog === "spec"
    ? ["WEB", "MOBILE_WEB", "MOBILE_APP", "SERVER_SIDE"]
    : [
        "WEB",
        "MOBILE_WEB",
        "MOBILE_APP",
        "AIRPORT_KIOSK",
        "BRANCH",
        "CALL_CENTER",
        "EMAIL",
        "GDS",
        "KIOSK",
        "OFFLINE",
        "OTA",
        "OTHER",
        "SMS",
      ];

/** Whether to say that Sitecore's documentation does not confirm how events go to this environment. */
export const isUnconfirmed = ({ baseUrl, transport }: Pick<Environment, "baseUrl" | "transport">): boolean =>
  transport === "spec" && /\.(sitecorecloud\.io|boxever\.com)(:\d+)?(\/|$)/.test(baseUrl);

/** Whether there is a usable credential, in two or three words for a glyph. */
export const credentialLabel = ({ state }: CredentialStatus): string =>
  ({
    public: "public credential",
    present: "has a credential",
    missing: "no credential yet",
    "other-origin": "credential not confirmed",
    locked: "vault locked",
  })[state];
