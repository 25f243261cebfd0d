import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isGone, ownerOf, processOwner } from "./process-owner";

const longAge = 3_600_000;
const isLinux = existsSync("/proc/self/stat");

const changed = (owner: string, changes: Record<string, unknown>): string =>
  JSON.stringify({ ...(JSON.parse(owner) as object), ...changes });

/** A process that does nothing until it is killed. */
const startProcess = async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
};

describe("whether the process that began an entry is gone", () => {
  it("is never said of this process, however old the entry", () => {
    expect(isGone(processOwner, longAge)).toBe(false);
  });

  it("follows another process: there while it runs, gone once it is killed", async () => {
    const other = await startProcess();
    const owner = ownerOf(other.pid);
    expect(isGone(owner, 0)).toBe(false);
    await other.kill();
    expect(isGone(owner, 0)).toBe(true);
  });

  it.runIf(isLinux)("is not hidden by a later process with the same number", async () => {
    const other = await startProcess();
    expect(isGone(changed(ownerOf(other.pid), { start: "1" }), 0)).toBe(true);
    await other.kill();
  });

  it("is true of an earlier process that had this one's number", () => {
    expect(isGone(changed(processOwner, { start: "1" }), 0)).toBe(true);
  });

  it("is true of everything from before the computer was started again", () => {
    expect(isGone(changed(processOwner, { pid: 1, place: "another-boot pid:[1]" }), 0)).toBe(true);
  });

  it.runIf(isLinux)(
    "waits for the entry's age where process numbers of another container are not ours",
    () => {
      const { place } = JSON.parse(processOwner) as { place: string };
      const elsewhere = changed(processOwner, { place: place.replace(/ .*/, " pid:[1]") });
      expect(isGone(elsewhere, 60_000)).toBe(false);
      expect(isGone(elsewhere, longAge)).toBe(true);
    },
  );

  it.each(["", "null", "{}", '{"pid":-1}', '{"pid":"1"}', "not json"])(
    "is true of %j, which no process wrote",
    (owner) => {
      expect(isGone(owner, 0)).toBe(true);
    },
  );
});
