import { guestsMigration } from "./guests-migration";

/**
 * The sandbox's own database. `payload` is the event as it was accepted, without its client key; the columns beside
 * it are copies to search by. Triggers keep the counters right whichever process writes.
 */
const eventsMigration = `
  CREATE TABLE browsers (
    ref TEXT PRIMARY KEY,
    customer_ref TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL DEFAULT 'PENDING',
    transport TEXT NOT NULL,
    type TEXT NOT NULL,
    browser_ref TEXT NOT NULL,
    guest_ref TEXT NOT NULL,
    session_ref TEXT,
    created_at INTEGER NOT NULL,
    modified_at INTEGER,
    issues TEXT NOT NULL DEFAULT '[]',
    payload TEXT NOT NULL
  );
  CREATE INDEX events_waiting ON events (seq) WHERE status = 'PENDING';
  CREATE INDEX events_refused ON events (status, seq) WHERE status IN ('FAILED', 'DROPPED');
  CREATE INDEX events_by_browser ON events (browser_ref, seq);
  CREATE INDEX events_by_guest ON events (guest_ref, seq);

  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO counters (name, value)
    VALUES ('PENDING', 0), ('PROCESSED', 0), ('FAILED', 0), ('DROPPED', 0), ('rejected', 0), ('browsers', 0);

  CREATE TRIGGER count_browser AFTER INSERT ON browsers BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'browsers';
  END;
  CREATE TRIGGER count_event AFTER INSERT ON events BEGIN
    UPDATE counters SET value = value + 1 WHERE name = NEW.status;
  END;
  CREATE TRIGGER count_outcome AFTER UPDATE OF status ON events BEGIN
    UPDATE counters SET value = value - 1 WHERE name = OLD.status;
    UPDATE counters SET value = value + 1 WHERE name = NEW.status;
  END;
  `;

/** Scripts that run once, oldest first; one that was released is never changed, only followed. */
export const sandboxMigrations: readonly string[] = [eventsMigration, guestsMigration];
