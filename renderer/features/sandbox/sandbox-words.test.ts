import { describe, expect, it } from "vitest";
import type { SandboxStatus, SandboxSummary } from "../../../shared/model/sandbox";
import {
  counterGroups,
  leadWords,
  sandboxWords,
  snapshotWords,
  stateWords,
  summaryWords,
} from "./sandbox-words";

const summary = (change: Partial<SandboxSummary> = {}): SandboxSummary => ({
  total: 0,
  processed: 0,
  failed: 0,
  dropped: 0,
  pending: 0,
  rejected: 0,
  guests: 0,
  sessions: 0,
  orders: 0,
  ...change,
});

describe("what the status bar says of the sandbox", () => {
  it("leaves out counters that are 0", () => {
    expect(summaryWords(summary())).toBe("no events yet");
    expect(summaryWords(summary({ processed: 1284, dropped: 1 }))).toBe("1,284 processed, 1 dropped");
    expect(summaryWords(summary({ rejected: 2 }))).toBe("2 rejected");
  });

  it("shows where it runs without the scheme", () => {
    const running: SandboxStatus & { state: "running" } = {
      state: "running",
      url: "http://127.0.0.1:4681",
      port: 4681,
      elsewhere: false,
      pointsOfSale: [],
      strict: false,
    };
    expect(sandboxWords(running)).toMatchObject({ glyph: "running", address: "127.0.0.1:4681" });
    expect(leadWords({ ...running, elsewhere: true })).toContain("another Bellhop");
  });

  it("says what a stop means for a send, and why a start failed", () => {
    expect(leadWords({ state: "stopped", byHand: true })).toContain("not sent");
    expect(leadWords({ state: "stopped", byHand: false })).toContain("first event");
    expect(leadWords({ state: "failed", message: "Port 4680 is taken.", hint: "Choose another." })).toBe(
      "Port 4680 is taken. Choose another.",
    );
  });

  it("says where it runs, and whether", () => {
    const running = {
      state: "running",
      url: "http://h:1",
      port: 1,
      pointsOfSale: [],
      strict: false,
    } as const;
    expect(stateWords({ ...running, elsewhere: false, pointsOfSale: [] })).toBe("Running here");
    expect(stateWords({ ...running, elsewhere: true, pointsOfSale: [] })).toBe("Running in another process");
    expect(stateWords({ state: "stopped", byHand: true })).toBe("Stopped");
  });

  it("counts what a snapshot holds", () => {
    const words = snapshotWords({ name: "a", savedAt: "2026-11-23T10:36:00Z", guests: 1, events: 1400 });
    expect(words).toContain("1 guest, 1,400 events");
  });

  it("lists every counter of the summary once", () => {
    const groups = counterGroups(summary({ orders: 3, pending: 1 }));
    expect(groups.flatMap(({ counters }) => counters.map(({ name }) => name))).toHaveLength(8);
    expect(groups.flatMap(({ counters }) => counters).find(({ name }) => name === "Orders")?.count).toBe(3);
  });
});
