import type { SandboxStatus, SandboxSummary } from "../../../shared/model/sandbox";

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
