import { AppError } from "../../../shared/contract/errors";
import type { JsonValue } from "../../../shared/model/json";
import type { Database } from "../database/database";
import type { HandlersOf } from "../dispatcher";

/** Characters of JSON for one name: far above any arrangement of panes and tabs. */
const largestValue = 1_000_000;

/** Keeps what the window remembers of its own arrangement. The core does not look into it. */
export const createLayout = ({ database }: { database: Database }): HandlersOf<"layout"> => ({
  async "layout.get"({ key }) {
    const [row] = await database.query("SELECT value_json FROM layout WHERE name = ?", key);
    return row ? (JSON.parse(String(row["value_json"])) as JsonValue) : null;
  },
  async "layout.set"({ key, value }) {
    const text = JSON.stringify(value);
    if (text.length > largestValue) {
      throw new AppError({
        code: "INVALID_INPUT",
        message: `What the window wants to remember as ${key} is longer than a million characters.`,
        field: "/value",
      });
    }
    await database.transaction([
      {
        sql: "INSERT INTO layout (name, value_json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json",
        params: [key, text],
      },
    ]);
    return null;
  },
});
