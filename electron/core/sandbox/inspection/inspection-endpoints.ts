import { parseDuration } from "../../../../shared/duration";
import type { Answer } from "../http/answer";
import type { Query } from "../http/query";
import type { Route } from "../http/router";
import type { Inspection } from "./inspection";
import { eventStatuses, searchableLength, type EventFilter } from "../store/stored-event";
import { toItem } from "./event-item";
import { afterOf, badField, limitOf, wordOf } from "./query-fields";

const longestSettle = 600_000;

const settleOf = (query: Query): number => {
  const text = query.get("settle");
  if (text === null) return 0;
  const wait = parseDuration(text);
  if (wait === null || wait > longestSettle) throw badField("settle", "a duration up to 10m, such as 5s");
  return wait;
};

const filterOf = (query: Query): EventFilter => {
  const status = wordOf(query, "status", eventStatuses);
  const filter: EventFilter = status ? { status } : {};
  for (const name of ["ref", "type", "browserRef", "guestRef"] as const) {
    const value = query.get(name);
    if (value !== null && value !== "") filter[name] = value.slice(0, searchableLength);
  }
  return filter;
};

const events = async (query: Query, inspection: Inspection): Promise<Answer> => {
  const filter = filterOf(query);
  const page = await inspection.events(filter, afterOf(query), limitOf(query));
  // Asking for one event gives the whole verdict beside its reasons: what the log needs to show it.
  const items = page.items.map((event) =>
    filter.ref ? { ...toItem(event), issues: event.issues } : toItem(event),
  );
  return { status: 200, body: { items, next: page.next === null ? null : String(page.next) } };
};

/** What looks into the sandbox; none of it is Sitecore's. */
export const createInspectionEndpoints = (inspection: Inspection): Route[] => [
  {
    method: "GET",
    path: "/_sandbox/summary",
    async answer({ query, whenGone }) {
      const gone = new AbortController();
      whenGone(() => gone.abort());
      return { status: 200, body: await inspection.summary(settleOf(query), gone.signal) };
    },
  },
  { method: "GET", path: "/_sandbox/events", answer: ({ query }) => events(query, inspection) },
  {
    method: "POST",
    path: "/_sandbox/reset",
    async answer() {
      await inspection.reset();
      return { status: 200, body: { status: "OK" } };
    },
  },
];
