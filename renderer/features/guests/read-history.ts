import type { Client } from "../../client";
import type { GuestHistoryItem } from "../../../shared/model/guest-profile";

const pageSize = 1000;

/**
 * Reads the steps of a guest's history behind a place, page by page.
 *
 * @param after the `seq` behind which to begin; 0 for all
 * @param progress is told after each page how many are here and how many there are in all
 */
export const readHistory = async (
  client: Pick<Client, "call">,
  ref: string,
  after: number,
  progress: (read: number, total: number) => void = () => undefined,
): Promise<GuestHistoryItem[]> => {
  const items: GuestHistoryItem[] = [];
  for (let next: number | null = after; next !== null;) {
    const page: { items: GuestHistoryItem[]; next: number | null; total: number } = await client.call(
      "guests.history",
      { ref, after: next, limit: pageSize },
    );
    items.push(...page.items);
    progress(items.length, page.total);
    next = page.next;
  }
  return items;
};
