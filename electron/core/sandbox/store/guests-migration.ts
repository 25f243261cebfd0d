/** An instant as profiles write it. @param column epoch milliseconds */
const iso = (column: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%S', ${column} / 1000, 'unixepoch') || printf('.%03dZ', ${column} % 1000)`;

/** The profile that a browser of the first version would have got: a visitor without any event. */
const visitorOfBrowser = `json_object(
  'ref', guest_ref, 'guestType', 'visitor', 'createdAt', ${iso("created_at")}, 'firstSeen', ${iso("created_at")},
  'lastSeen', ${iso("created_at")}, 'title', NULL, 'firstName', NULL, 'lastName', NULL, 'gender', NULL,
  'dateOfBirth', NULL, 'emails', json_array(), 'phoneNumbers', json_array(), 'language', NULL,
  'street', json_array(), 'city', NULL, 'state', NULL, 'country', NULL, 'postCode', NULL,
  'identifiers', json_array(),
  'browsers', json_array(json_object('ref', ref, 'channel', NULL, 'pointOfSale', NULL,
    'firstSeen', ${iso("created_at")}, 'lastSeen', ${iso("created_at")}, 'movedFrom', NULL)),
  'sessions', json_array(), 'orders', json_array(), 'cart', NULL, 'extensions', json_object(),
  'lifetimeValue', json_object(), 'events', 0, 'setBy', json_object(), 'mergedFrom', json_array(),
  'mergedInto', NULL, 'merges', json_array())`;

/**
 * Guests and their past. A profile is one JSON text; the columns beside it and the tables `identifiers`,
 * `personal_data` and `orders` are copies to search by, of guests who are not retired.
 *
 * `history` holds what each step changed. A step's `snapshot` is the whole profile after it, where one was due.
 * `world.version` rises with each commit of outcomes: who writes what follows from what it has read inserts the
 * version that it has read into `world_step`, and is refused where that is not the newest any more.
 */
export const guestsMigration = `
  CREATE TABLE world (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    clock_offset INTEGER NOT NULL
  );
  INSERT INTO world (id, version, clock_offset) VALUES (1, 1, 0);
  CREATE VIEW world_step AS SELECT version FROM world;
  CREATE TRIGGER take_world_step INSTEAD OF INSERT ON world_step BEGIN
    SELECT RAISE(ABORT, 'the world has changed') FROM world WHERE version <> NEW.version;
    UPDATE world SET version = version + 1;
  END;

  ALTER TABLE browsers RENAME COLUMN customer_ref TO guest_ref;
  ALTER TABLE browsers ADD COLUMN first_guest_ref TEXT NOT NULL DEFAULT '';
  UPDATE browsers SET first_guest_ref = guest_ref;
  DROP TRIGGER count_browser;
  DELETE FROM counters WHERE name = 'browsers';

  ALTER TABLE events ADD COLUMN accepted_at INTEGER NOT NULL DEFAULT 0;
  UPDATE events SET accepted_at = created_at;

  CREATE TABLE guests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    last_seen INTEGER NOT NULL,
    merged_into TEXT,
    closes_at INTEGER,
    sessions INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    patch_steps INTEGER NOT NULL,
    patch_weight INTEGER NOT NULL,
    search TEXT NOT NULL,
    profile TEXT NOT NULL
  );
  CREATE INDEX guests_by_last_seen ON guests (last_seen);
  CREATE INDEX guests_by_closing ON guests (closes_at) WHERE closes_at IS NOT NULL;
  CREATE INDEX guests_by_survivor ON guests (merged_into) WHERE merged_into IS NOT NULL;

  CREATE TABLE identifiers (
    provider TEXT NOT NULL,
    id TEXT NOT NULL,
    guest_ref TEXT NOT NULL,
    PRIMARY KEY (provider, id, guest_ref)
  ) WITHOUT ROWID;
  CREATE INDEX identifiers_by_guest ON identifiers (guest_ref);

  CREATE TABLE personal_data (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    guest_ref TEXT NOT NULL,
    PRIMARY KEY (name, value, guest_ref)
  ) WITHOUT ROWID;
  CREATE INDEX personal_data_by_guest ON personal_data (guest_ref);

  CREATE TABLE orders (
    ref TEXT PRIMARY KEY,
    reference_id TEXT NOT NULL,
    guest_ref TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX orders_by_reference ON orders (reference_id);

  CREATE TABLE extension_types (
    event_type TEXT NOT NULL,
    attribute TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (event_type, attribute)
  ) WITHOUT ROWID;

  CREATE TABLE history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    guest INTEGER NOT NULL,
    event INTEGER,
    at INTEGER NOT NULL,
    why TEXT NOT NULL,
    certainty TEXT NOT NULL,
    source TEXT NOT NULL,
    changes TEXT NOT NULL,
    snapshot TEXT
  );
  CREATE INDEX history_by_guest ON history (guest, seq);
  CREATE INDEX history_by_event ON history (event) WHERE event IS NOT NULL;
  CREATE INDEX history_snapshots ON history (guest, seq) WHERE snapshot IS NOT NULL;

  INSERT INTO counters (name, value) VALUES ('guests', 0), ('sessions', 0), ('orders', 0);
  CREATE TRIGGER count_guest AFTER INSERT ON guests BEGIN
    UPDATE counters SET value = value + (NEW.type <> 'retired') WHERE name = 'guests';
    UPDATE counters SET value = value + NEW.sessions WHERE name = 'sessions';
    UPDATE counters SET value = value + NEW.orders WHERE name = 'orders';
  END;
  CREATE TRIGGER count_guest_change AFTER UPDATE OF type, sessions, orders ON guests
    WHEN OLD.type <> NEW.type OR OLD.sessions <> NEW.sessions OR OLD.orders <> NEW.orders
  BEGIN
    UPDATE counters SET value = value + (NEW.type <> 'retired') - (OLD.type <> 'retired') WHERE name = 'guests';
    UPDATE counters SET value = value + NEW.sessions - OLD.sessions WHERE name = 'sessions';
    UPDATE counters SET value = value + NEW.orders - OLD.orders WHERE name = 'orders';
  END;

  INSERT INTO guests (ref, type, last_seen, sessions, orders, patch_steps, patch_weight, search, profile)
    SELECT guest_ref, 'visitor', created_at, 0, 0, 0, 0, lower(guest_ref || char(10) || ref), ${visitorOfBrowser}
    FROM browsers ORDER BY created_at;
  INSERT INTO history (guest, at, why, certainty, source, changes)
    SELECT guests.id, guests.last_seen, 'A browser was made, and this visitor with it.', 'documented',
      'Personalize: browser create', json_array(json_object('op', 'add', 'path', '', 'value', json(guests.profile)))
    FROM guests ORDER BY guests.id;
  `;
