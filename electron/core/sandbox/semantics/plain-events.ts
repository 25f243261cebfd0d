import type { Occasion, Rule } from "./ruling";
import { sources } from "./sources";
import { own, textOf } from "./values";
import { quoted, shown } from "./words";

/** Each catalog says itself which session an event belongs to. */
const sourceFor = ({ event }: Occasion): string =>
  event.catalog === "spec" ? sources.asyncApi : sources.sessions;

/** VIEW: the session notes the page. */
export const view: Rule = (guest, _index, occasion) => {
  const page = textOf(own(occasion.event.payload, "page"));
  const why = page === undefined ? "The guest viewed a page." : `The guest viewed the page ${quoted(page)}.`;
  return { guest, issues: [], why, certainty: "documented", source: sourceFor(occasion) };
};

/** SEARCH: AsyncAPI document `search_term`, Sitecore `product_name`. The session counts it. */
export const search: Rule = (guest, _index, occasion) => {
  const term =
    textOf(own(occasion.event.payload, "search_term")) ?? textOf(own(occasion.event.payload, "product_name"));
  const why = term === undefined ? "The guest searched." : `The guest searched for ${quoted(term)}.`;
  return { guest, issues: [], why, certainty: "documented", source: sourceFor(occasion) };
};

/** Every other type, an event's own names among them: it belongs to a session and counts there. */
export const anyEvent: Rule = (guest, _index, occasion) => ({
  guest,
  issues: [],
  why: `The event ${shown(occasion.event.type)} was noted.`,
  certainty: "documented",
  source: sourceFor(occasion),
});
