import type { SandboxSnapshot, SandboxStatus, SandboxSummary } from "../../../shared/model/sandbox";

export interface SandboxWords {
  glyph: "running" | "stopped" | "failed" | "starting";
  text: string;
  address: string | null;
}

/** What the status bar says of the sandbox. */
export const sandboxWords = (status: SandboxStatus): SandboxWords => {
  switch (status.state) {
    case "running":
      return {
        glyph: "running",
        text: "Sandbox running on",
        address: status.url.replace(/^https?:\/\//, ""),
      };
    case "starting":
      return { glyph: "starting", text: "Sandbox starting", address: null };
    case "stopped":
      return { glyph: "stopped", text: "Sandbox stopped", address: null };
    case "failed":
      return { glyph: "failed", text: "Sandbox failed to start", address: null };
  }
};

const number = new Intl.NumberFormat("en-GB");

/** The counters in a line, without those that are 0: "128 processed, 2 failed". */
export const summaryWords = (summary: SandboxSummary): string => {
  const parts = (["processed", "failed", "dropped", "rejected", "pending"] as const)
    .filter((name) => summary[name] > 0)
    .map((name) => `${number.format(summary[name])} ${name}`);
  return parts.length > 0 ? parts.join(", ") : "no events yet";
};

interface Counter {
  name: string;
  count: number;
  glyph?: "processed" | "failed" | "dropped" | "pending" | "not-sent";
}

/** The counters as the view lists them, each group under its name. */
export const counterGroups = (summary: SandboxSummary): { name: string; counters: Counter[] }[] => [
  {
    name: "Events",
    counters: [
      { name: "Processed", count: summary.processed, glyph: "processed" },
      { name: "Failed", count: summary.failed, glyph: "failed" },
      { name: "Dropped", count: summary.dropped, glyph: "dropped" },
      { name: "Waiting", count: summary.pending, glyph: "pending" },
      { name: "Refused with 4xx", count: summary.rejected, glyph: "not-sent" },
    ],
  },
  {
    name: "Kept",
    counters: [
      { name: "Guests", count: summary.guests },
      { name: "Sessions", count: summary.sessions },
      { name: "Orders", count: summary.orders },
    ],
  },
];

const counted = (count: number, name: string): string =>
  `${number.format(count)} ${name}${count === 1 ? "" : "s"}`;
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** What a snapshot holds, in a line: "23 Nov 2026, 10:36 · 2 guests, 14 events". */
export const snapshotWords = ({ savedAt, guests, events }: SandboxSnapshot): string =>
  `${day.format(new Date(savedAt))} · ${counted(guests, "guest")}, ${counted(events, "event")}`;

/** Whether it runs, and where, in two or three words. */
export const stateWords = (status: SandboxStatus): string => {
  if (status.state === "running") return status.elsewhere ? "Running in another process" : "Running here";
  return { starting: "Starting", stopped: "Stopped", failed: "Not running" }[status.state];
};

/** What the sandbox is doing and what that means for a send, in a sentence. */
export const leadWords = (status: SandboxStatus): string => {
  switch (status.state) {
    case "running":
      return status.elsewhere
        ? "Runs in another Bellhop on this profile; stop it there."
        : "A Stream API on this machine. It needs no account and no network.";
    case "starting":
      return "It is starting and will listen in a moment.";
    case "stopped":
      return status.byHand
        ? "You stopped it, so nothing starts it again. Events to it are not sent."
        : "It starts with the first event that is sent to it.";
    case "failed":
      return `${status.message} ${status.hint}`;
  }
};
