/** The person's own choices, in a readable file of the profile. */
export interface Settings {
  theme: "system" | "dark" | "light";
  /** Rows of 28 or 24 pixels. */
  density: "comfortable" | "compact";
  /** Font size of the interface in pixels, 11 to 16; all its sizes go along. */
  fontSize: number;
  /** Editor font size in pixels, 10 to 24. */
  editorFontSize: number;
  /** Milliseconds until a send without an answer ends as TIMEOUT, 100 to 600000. */
  sendTimeout: number;
  /** Version of Sitecore's Guest REST API that guests of tenants are read by. */
  guestApi: GuestApiVersion;
  /** The port that Bellhop's own address in a browser has, 1 to 65535; the next free one where it is taken. */
  windowPort: number;
  /** The port that the sandbox tries first, 1 to 65535. */
  sandboxPort: number;
  /** Whether the sandbox starts with Bellhop. */
  startSandbox: boolean;
  /** Accept certificates that nobody vouches for. A setting of the profile, never of a workspace. */
  acceptSelfSigned: boolean;
  /** Days that entries stay in the log, up to 3650; 0 keeps them for good. */
  logKeepDays: number;
  /** Megabytes that the profile's database may take before the oldest entries go, up to 1000000; 0 for any size. */
  logKeepMegabytes: number;
}

export const guestApiVersions = ["v2.1", "v2"] as const;
export type GuestApiVersion = (typeof guestApiVersions)[number];

export const defaultSettings: Settings = {
  theme: "system",
  density: "comfortable",
  fontSize: 13,
  editorFontSize: 13,
  sendTimeout: 30_000,
  guestApi: "v2.1",
  windowPort: 4670,
  sandboxPort: 4680,
  startSandbox: true,
  acceptSelfSigned: false,
  logKeepDays: 0,
  logKeepMegabytes: 0,
};
