import { ScrollText } from "@lucide/vue";
import type { EntryRow } from "../../../shared/model/entry";
import { useClient, usePaletteProvider } from "../../layout";
import { useOpenEntry } from "./open-entry";
import { statusWords, timeOfDay } from "./words";

const entriesInPalette = 8;

/** Lets the palette find entries by their number (`#12`) or by any words in them, the newest first. */
export const useEntriesInPalette = (): void => {
  const client = useClient();
  const openEntry = useOpenEntry();

  const byNumber = async (query: string): Promise<EntryRow[]> => {
    if (!/^\d{1,15}$/.test(query)) return [];
    const { rows } = await client.call("log.query", { before: Number(query) + 1, limit: 1 });
    return rows.filter(({ seq }) => seq === Number(query));
  };
  const byWords = async (query: string): Promise<EntryRow[]> => {
    const filter = query === "" ? {} : { text: query };
    return (await client.call("log.query", { filter, limit: entriesInPalette })).rows;
  };
  const toItem = (row: EntryRow) => ({
    id: `entry.${row.id}`,
    title: row.summary === "" ? row.type : `${row.type} ${row.summary}`,
    detail: `#${row.seq}, ${row.environment}, ${statusWords(row).text}, ${timeOfDay(row.at)}`,
    icon: ScrollText,
    run: () => openEntry(row.id),
  });

  usePaletteProvider({
    id: "entries",
    section: "Log",
    prefix: { sign: "#", word: "entries" },
    search: async (query) => {
      const [numbered, worded] = await Promise.all([byNumber(query), byWords(query)]);
      const ids = new Set(numbered.map(({ id }) => id));
      return [...numbered, ...worded.filter(({ id }) => !ids.has(id))].map(toItem);
    },
  });
};
