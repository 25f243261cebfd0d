import type { Database } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { Notifications } from "../notifications";
import type { Transfers } from "../transfers/transfers-service";
import { AppError } from "../../../shared/contract/errors";
import type { CheckedInputOf } from "../../../shared/contract/commands";
import type { Draft } from "../../../shared/model/draft";
import type { Row, Statement } from "../database/database";
import { draftOfFile } from "./draft-of-file";
import { moving, onTop, readOrder } from "./draft-order";
import { readSentFrom } from "./sent-from-draft";

interface DraftsParts {
  database: Database;
  notifications: Notifications;
  transfers: Pick<Transfers, "take">;
}

type Saving = CheckedInputOf<"drafts.save">;

const toDraft = (row: Row): Draft => ({
  id: String(row["id"]),
  name: String(row["name"]),
  messageType: String(row["message_type"]),
  text: JSON.parse(String(row["text_json"])) as string,
  revision: Number(row["revision"]),
  createdAt: String(row["created_at"]),
  updatedAt: String(row["updated_at"]),
});

/** Makes a draft that is not there yet, or changes the revision that the caller has seen; else no row comes back. */
const saving = ({ id, name, messageType, text, revision }: Saving, now: string): Statement =>
  revision === 0
    ? {
        sql: `
          INSERT INTO drafts (id, name, message_type, text_json, revision, created_at, updated_at, place)
          VALUES (?, ?, ?, ?, 1, ?, ?, ${onTop})
          ON CONFLICT (id) DO NOTHING RETURNING *`,
        params: [id, name, messageType, JSON.stringify(text), now, now],
      }
    : {
        sql: `UPDATE drafts SET name = ?, message_type = ?, text_json = ?, revision = revision + 1, updated_at = ?
              WHERE id = ? AND revision = ? RETURNING *`,
        params: [name, messageType, JSON.stringify(text), now, id, revision],
      };

const saysTheSame = (draft: Draft, { name, messageType, text }: Saving): boolean =>
  draft.name === name && draft.messageType === messageType && draft.text === text;

const changedElsewhere = ({ name }: Draft): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `The draft "${name}" was changed in another window.`,
    hint: "Load it again, or save yours as a new draft.",
    field: "/revision",
  });

const removedElsewhere = (id: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `There is no draft ${id}; it may have been closed in another window.`,
    hint: "Save it as a new draft to keep its text.",
    field: "/id",
  });

/** Events being composed, kept with each change so that they outlive a restart and a crash. */
export const createDrafts = ({
  database,
  notifications,
  transfers,
}: DraftsParts): { handlers: HandlersOf<"drafts"> } => {
  const sayOrder = async (): Promise<string[]> => {
    const order = await readOrder(database);
    notifications.say("drafts.changed", { order });
    return order;
  };

  const save = async (input: Saving): Promise<Draft> => {
    const [saved] = await database.transaction([
      saving(input, new Date().toISOString()),
      ...(input.revision === 0 && input.before !== undefined ? moving(input.id, input.before) : []),
    ]);
    if (saved?.rows[0]) {
      const draft = toDraft(saved.rows[0]);
      notifications.say("drafts.changed", { draft });
      if (input.revision === 0) await sayOrder();
      return draft;
    }
    const [row] = await database.query("SELECT * FROM drafts WHERE id = ?", input.id);
    if (!row) throw removedElsewhere(input.id);
    const draft = toDraft(row);
    // The answer to an earlier try was lost on the way: what was to be saved is saved.
    if (saysTheSame(draft, input)) return draft;
    throw changedElsewhere(draft);
  };

  return {
    handlers: {
      async "drafts.list"() {
        return (await database.query("SELECT * FROM drafts ORDER BY place, rowid DESC")).map(toDraft);
      },
      "drafts.save": save,
      async "drafts.move"({ id, before }) {
        await database.transaction(moving(id, before));
        const order = await sayOrder();
        if (!order.includes(id)) throw removedElsewhere(id);
        return { order };
      },
      "drafts.sent": (input) => readSentFrom(database, input),
      async "drafts.remove"({ id, revision }) {
        const [removed, left] = await database.transaction([
          {
            sql: "DELETE FROM drafts WHERE id = ? AND (? IS NULL OR revision = ?)",
            params: [id, revision ?? null, revision ?? null],
          },
          { sql: "SELECT * FROM drafts WHERE id = ?", params: [id] },
        ]);
        if (left?.rows[0]) throw changedElsewhere(toDraft(left.rows[0]));
        if (removed && removed.changes > 0) notifications.say("drafts.changed", { removed: id });
        return null;
      },
      async "drafts.import"({ ticket }) {
        return save(draftOfFile(await transfers.take(ticket)));
      },
    },
  };
};
