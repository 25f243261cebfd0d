import type { Settings } from "../../../shared/model/settings";

interface SettingField<K extends keyof Settings> {
  key: K;
  group: "Appearance" | "Sending" | "Retention" | "Sandbox" | "Window" | "Security";
  label: string;
  /** What it does, when it counts. */
  explanation: string;
  control: Settings[K] extends boolean
    ? { kind: "switch" }
    : Settings[K] extends number
      ? { kind: "number"; unit: string; min: number; max: number }
      : { kind: "choice"; options: readonly { value: Settings[K] & string; label: string }[] };
}

export type AnySettingField = { [K in keyof Settings]: SettingField<K> }[keyof Settings];

/** Every setting there is, in the order of the page. */
export const settingFields: readonly AnySettingField[] = [
  {
    key: "theme",
    group: "Appearance",
    label: "Theme",
    explanation: "Light, dark, or whatever the system is at the moment.",
    control: {
      kind: "choice",
      options: [
        { value: "system", label: "System" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ],
    },
  },
  {
    key: "density",
    group: "Appearance",
    label: "Density",
    explanation: "Rows of lists and of the log: 28 pixels, or 24 to see more at once.",
    control: {
      kind: "choice",
      options: [
        { value: "comfortable", label: "Comfortable" },
        { value: "compact", label: "Compact" },
      ],
    },
  },
  {
    key: "fontSize",
    group: "Appearance",
    label: "Interface font size",
    explanation: "Of everything but the editor, in pixels, from 11 to 16. Smaller and larger texts go along.",
    control: { kind: "number", unit: "px", min: 11, max: 16 },
  },
  {
    key: "editorFontSize",
    group: "Appearance",
    label: "Editor font size",
    explanation: "Of the event editor, in pixels, from 10 to 24.",
    control: { kind: "number", unit: "px", min: 10, max: 24 },
  },
  {
    key: "sendTimeout",
    group: "Sending",
    label: "Time-out",
    explanation:
      "How long a request waits for its answer, in milliseconds. After that it ends as TIMEOUT in the log; it may still have arrived.",
    control: { kind: "number", unit: "ms", min: 100, max: 600_000 },
  },
  {
    key: "guestApi",
    group: "Sending",
    label: "Guest REST API",
    explanation:
      "The version that guests of a tenant are read by. Sitecore recommends v2.1 for tenants with data model 2.1; v2 is the older one.",
    control: {
      kind: "choice",
      options: [
        { value: "v2.1", label: "v2.1" },
        { value: "v2", label: "v2" },
      ],
    },
  },
  {
    key: "logKeepDays",
    group: "Retention",
    label: "Keep entries for",
    explanation:
      "Days after which entries are deleted from the log, for good. 0 keeps them. The log's menu says how many would go.",
    control: { kind: "number", unit: "days", min: 0, max: 3650 },
  },
  {
    key: "logKeepMegabytes",
    group: "Retention",
    label: "Keep at most",
    explanation:
      "Megabytes of the profile's database; above that the oldest entries are deleted, for good. 0 for any size.",
    control: { kind: "number", unit: "MB", min: 0, max: 1_000_000 },
  },
  {
    key: "startSandbox",
    group: "Sandbox",
    label: "Start with Bellhop",
    explanation:
      "The sandbox runs as soon as Bellhop is open. Off: it starts with the first event sent to it.",
    control: { kind: "switch" },
  },
  {
    key: "sandboxPort",
    group: "Sandbox",
    label: "Port",
    explanation:
      "What it tries first; where the port is taken, the next free one. Counts from its next start.",
    control: { kind: "number", unit: "", min: 1, max: 65_535 },
  },
  {
    key: "windowPort",
    group: "Window",
    label: "Port in a browser",
    explanation:
      "Of Bellhop's own address where it runs in a browser, so that a tab finds it again after a restart. Where it is taken, any free one; --port wins. Counts from the next start.",
    control: { kind: "number", unit: "", min: 1, max: 65_535 },
  },
  {
    key: "acceptSelfSigned",
    group: "Security",
    label: "Accept self-signed certificates",
    explanation:
      "Sends to targets whose certificate nobody vouches for. Anybody in between can then read the credential; leave it off but for test systems of your own.",
    control: { kind: "switch" },
  },
];

/** What a person looks for here and cannot set, because it is so. */
export interface SettingFact {
  group: string;
  label: string;
  /** In place of a control. */
  value: string;
  explanation: string;
}

export const settingFacts: readonly SettingFact[] = [
  {
    group: "Privacy",
    label: "Telemetry",
    value: "There is none",
    explanation:
      "Bellhop sends nothing about you, your events or its own errors to anybody, and looks for no updates. It talks to the targets you choose and to nothing else. Error reports stay in the profile until you copy one.",
  },
];

const fits = (query: string, text: string): boolean => {
  const all = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
};

/** The facts whose words contain everything that was typed. */
export const findFacts = (query: string): SettingFact[] =>
  settingFacts.filter(({ group, label, value, explanation }) =>
    fits(query, `${group} ${label} ${value} ${explanation} tracking usage statistics`),
  );

/** The settings whose words contain everything that was typed. */
export const findSettings = (query: string): AnySettingField[] =>
  settingFields.filter(({ group, label, explanation, key }) =>
    fits(query, `${group} ${label} ${explanation} ${key}`),
  );

/** What is wrong with a typed number, or null. */
export const numberProblem = (
  text: string,
  control: { min: number; max: number; unit: string },
): string | null => {
  const value = Number(text);
  if (/^\d+$/.test(text.trim()) && value >= control.min && value <= control.max) return null;
  const unit = control.unit ? ` ${control.unit}` : "";
  return `Must be a whole number from ${control.min} to ${control.max}${unit}.`;
};
