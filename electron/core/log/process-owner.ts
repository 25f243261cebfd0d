import { readFileSync, readlinkSync } from "node:fs";

/** Milliseconds after which a pending entry counts as left behind where a process cannot be told from its successor. */
const undecidableFor = 20 * 60_000;

const readOrNull = (read: () => string): string | null => {
  try {
    return read().trim();
  } catch {
    return null;
  }
};

/** When a process started, in ticks since the computer did: proc(5), /proc/PID/stat, field 22. Linux only. */
const startOf = (pid: number): string | null => {
  const stat = readOrNull(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The second field is the program's name in brackets and may hold anything, so count from its end.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
};

/** Since when this computer runs, and in which space process numbers count (containers have their own). Linux only. */
const placeHere = (): string | null => {
  const boot = readOrNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  const space = readOrNull(() => readlinkSync("/proc/self/ns/pid"));
  return boot && space && `${boot} ${space}`;
};

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Alive, but another account's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

interface Owner {
  pid: number;
  /** What tells a process from a later one with the same number. */
  start: string;
  /** See {@link placeHere}; empty where the system does not say. */
  place: string;
}

const here = placeHere();

/** A running process of this computer, as the log keeps it. */
export const ownerOf = (pid: number): string =>
  JSON.stringify({
    pid,
    start: startOf(pid) ?? (pid === process.pid ? String(Math.round(performance.timeOrigin)) : ""),
    place: here ?? "",
  } satisfies Owner);

/** Who writes entries in this process. */
export const processOwner: string = ownerOf(process.pid);

const parse = (owner: string): Owner | null => {
  try {
    const { pid, start, place } = JSON.parse(owner) as Partial<Owner>;
    return typeof pid === "number" && Number.isSafeInteger(pid) && pid > 0
      ? { pid, start: start ?? "", place: place ?? "" }
      : null;
  } catch {
    return null;
  }
};

/**
 * Whether the process that began an entry can no longer end it. A process number that was given out again does not
 * count as the same process: on Linux the start time and the boot decide, elsewhere the entry's age.
 *
 * @param owner as {@link processOwner} was in that process
 * @param age milliseconds since its newest pending entry began
 */
export const isGone = (owner: string, age: number): boolean => {
  if (owner === processOwner) return false;
  const other = parse(owner);
  if (!other) return true;
  const [boot, space] = other.place.split(" ");
  const [bootHere, spaceHere] = (here ?? "").split(" ");
  // Nothing outlives a restart of the computer.
  if (boot !== bootHere) return true;
  if (space !== spaceHere) return age > undecidableFor;
  if (other.pid === process.pid || !runs(other.pid)) return true;
  const start = startOf(other.pid);
  return start === null ? age > undecidableFor : start !== other.start;
};
