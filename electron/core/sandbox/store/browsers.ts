import { randomUUID } from "node:crypto";
import type { Database } from "../../database/database";
import type { GroupCommit } from "./group-commit";
import type { Browser } from "./stored-event";

/** The browser ids that this sandbox has given out. */
export interface Browsers {
  /** Makes a browser id and its guest; settles after the commit. */
  create(): Promise<Browser>;
  /** @returns null for an id that this sandbox never gave out, or has forgotten */
  find(ref: string): Promise<Browser | null>;
  /** Drops what is remembered outside the database. */
  forget(): void;
}

/** How many browsers are known without asking the database; about 20 MB. */
const remembered = 100_000;

export const createBrowsers = (database: Database, writes: GroupCommit): Browsers => {
  const known = new Map<string, Browser>();

  const remember = (browser: Browser): Browser => {
    if (known.size >= remembered) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
    known.set(browser.ref, browser);
    return browser;
  };

  return {
    async create() {
      const browser = { ref: randomUUID(), customerRef: randomUUID() };
      await writes.add([
        {
          sql: "INSERT INTO browsers (ref, customer_ref, created_at) VALUES (?, ?, ?)",
          params: [browser.ref, browser.customerRef, Date.now()],
        },
      ]);
      return remember(browser);
    },
    async find(ref) {
      const browser = known.get(ref);
      if (browser) return browser;
      const [row] = await database.query("SELECT customer_ref FROM browsers WHERE ref = ?", ref);
      return row ? remember({ ref, customerRef: String(row["customer_ref"]) }) : null;
    },
    forget() {
      known.clear();
    },
  };
};
