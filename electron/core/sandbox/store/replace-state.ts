/** Everything that is the state; the rest (counters, the world's row) is carried over by hand. */
export const stateTables: readonly string[] = [
  ...["browsers", "events", "guests", "identifiers", "personal_data", "orders", "extension_types", "history"],
];

/** Forgets everything and goes back to real time. What numbers were given stays known, so that none is given twice. */
export const emptyState: readonly string[] = [
  ...stateTables.map((table) => `DELETE FROM main.${table}`),
  "UPDATE main.counters SET value = 0",
  "UPDATE main.world SET version = version + 1, clock_offset = 0",
];

/** Replaces the state by that of the attached file `other`, which must have the same schema. */
export const replaceState = [
  ...emptyState,
  ...stateTables.map((table) => `INSERT INTO main.${table} SELECT * FROM other.${table}`),
  // Behind the tables, whose triggers have counted.
  `UPDATE main.counters SET value =
     (SELECT counted.value FROM other.counters AS counted WHERE counted.name = counters.name)`,
  "UPDATE main.world SET clock_offset = (SELECT clock_offset FROM other.world)",
].join(";\n");
