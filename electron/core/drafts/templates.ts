import type { DraftTemplate } from "../../../shared/model/draft";
import type { Database, Row } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { Notifications } from "../notifications";

const toTemplate = (row: Row): DraftTemplate => ({
  id: String(row["id"]),
  name: String(row["name"]),
  messageType: String(row["message_type"]),
  text: JSON.parse(String(row["text_json"])) as string,
  createdAt: String(row["created_at"]),
  updatedAt: String(row["updated_at"]),
});

/** The person's own templates, by name. Saving one that is there replaces it, so that a lost answer can be asked for again. */
export const createTemplates = ({
  database,
  notifications,
}: {
  database: Database;
  notifications: Notifications;
}): { handlers: HandlersOf<"templates"> } => ({
  handlers: {
    async "templates.list"() {
      const sql = "SELECT * FROM templates ORDER BY name COLLATE NOCASE, created_at, rowid";
      return (await database.query(sql)).map(toTemplate);
    },
    async "templates.save"({ id, name, messageType, text }) {
      const now = new Date().toISOString();
      const [saved] = await database.transaction([
        {
          sql: `
            INSERT INTO templates (id, name, message_type, text_json, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
              name = excluded.name, message_type = excluded.message_type,
              text_json = excluded.text_json, updated_at = excluded.updated_at
            RETURNING *`,
          params: [id, name, messageType, JSON.stringify(text), now, now],
        },
      ]);
      notifications.say("templates.changed", {});
      return toTemplate(saved?.rows[0] ?? {});
    },
    async "templates.remove"({ id }) {
      const [removed] = await database.transaction([
        { sql: "DELETE FROM templates WHERE id = ?", params: [id] },
      ]);
      if (removed && removed.changes > 0) notifications.say("templates.changed", {});
      return null;
    },
  },
});
