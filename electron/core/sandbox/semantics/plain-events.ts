import type { Rule } from "./ruling";
import { sources } from "./sources";
import { own, textOf } from "./values";
import { quoted, shown } from "./words";

/** VIEW: the session notes the page. */
export const view: Rule = (guest, _index, { event }) => {
  const page = textOf(own(event.payload, "page"));
  const why = page === undefined ? "The guest viewed a page." : `The guest viewed the page ${quoted(page)}.`;
  return { guest, issues: [], why, certainty: "documented", source: sources.sessions };
};

/** SEARCH: AsyncAPI document `search_term`, Sitecore `product_name`. The session counts it. */
export const search: Rule = (guest, _index, { event }) => {
  const term = textOf(own(event.payload, "search_term")) ?? textOf(own(event.payload, "product_name"));
  const why = term === undefined ? "The guest searched." : `The guest searched for ${quoted(term)}.`;
  return { guest, issues: [], why, certainty: "documented", source: sources.sessions };
};

/** Every other type, an event's own names among them: it belongs to a session and counts there. */
export const anyEvent: Rule = (guest, _index, { event }) => ({
  guest,
  issues: [],
  why: `The event ${shown(event.type)} was noted.`,
  certainty: "documented",
  source: sources.sessions,
});
