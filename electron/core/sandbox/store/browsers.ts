import { randomUUID } from "node:crypto";
import type { Database } from "../../database/database";
import { newVisitor } from "../semantics/new-visitor";
import type { GroupCommit } from "./group-commit";
import { createStepRecorder } from "./history-steps";
import type { Browser } from "./stored-event";
import { guestStatements, stepStatement } from "./write-statements";

/** The browser ids that this sandbox has given out. */
export interface Browsers {
  /** Makes a browser id and its guest, a visitor; settles after the commit of both. */
  create(): Promise<Browser>;
  /** Whether this sandbox gave the id out and has not forgotten it. */
  has(ref: string): Promise<boolean>;
  /** @returns null for an id that this sandbox never gave out, or has forgotten */
  find(ref: string): Promise<Browser | null>;
  /** Drops what is remembered outside the database. */
  forget(): void;
}

/** How many browsers are known without asking the database; about 10 MB. */
const remembered = 100_000;

interface BrowsersOptions {
  database: Database;
  writes: GroupCommit;
  /** Epoch milliseconds of the sandbox's own clock. */
  now(): number;
  onGuest(ref: string): void;
}

export const createBrowsers = ({ database, writes, now, onGuest }: BrowsersOptions): Browsers => {
  const known = new Set<string>();

  const remember = (ref: string): void => {
    if (known.size >= remembered) {
      const [oldest] = known;
      if (oldest !== undefined) known.delete(oldest);
    }
    known.add(ref);
  };

  const find = async (ref: string): Promise<Browser | null> => {
    const [row] = await database.query("SELECT guest_ref FROM browsers WHERE ref = ?", ref);
    if (!row) return null;
    remember(ref);
    return { ref, guestRef: String(row["guest_ref"]) };
  };

  return {
    async create() {
      const [ref, guestRef, at] = [randomUUID(), randomUUID(), now()];
      const recorder = createStepRecorder(() => undefined);
      recorder.record([newVisitor(guestRef, ref, at)], null);
      await writes.add([
        {
          sql: "INSERT INTO browsers (ref, guest_ref, first_guest_ref, created_at) VALUES (?, ?, ?, ?)",
          params: [ref, guestRef, guestRef, at],
        },
        ...[...recorder.guests().values()].flatMap((write) =>
          guestStatements(write, JSON.stringify(write.after), null),
        ),
        ...recorder.steps().map((step) => stepStatement(step)),
      ]);
      remember(ref);
      onGuest(guestRef);
      return { ref, guestRef };
    },
    has: async (ref) => known.has(ref) || (await find(ref)) !== null,
    find,
    forget() {
      known.clear();
    },
  };
};
