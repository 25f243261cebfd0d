import type { Query } from "../http/query";
import { wholeNumber, type Page } from "./collection";
import { badParameter } from "./rest-refusals";

/** How much of each list a guest context carries. */
export interface Expansion {
  sessions: Page;
  /** Of each session. */
  events: Page;
  orders: Page;
}

/** What is carried when nothing is asked for, and the most that can be; both are the sandbox's own. */
const usual: Expansion = {
  sessions: { offset: 0, limit: 10 },
  events: { offset: 0, limit: 100 },
  orders: { offset: 0, limit: 10 },
};
const most = 10_000;

const names = ["sessions", "events", "orders"] as const;

const pageIn = (field: string, written: string, page: Page): Page => {
  const read = { ...page };
  for (const part of written.split(",").filter((text) => text.trim() !== "")) {
    const [, name, number] = /^\s*(offset|limit)\s*:\s*(\d+)\s*$/.exec(part) ?? [];
    if (number === undefined) throw badParameter("expand", `${field} with offset and limit in brackets`);
    if (name === "offset") read.offset = wholeNumber(`${field} offset`, number, 0, 999_999_999);
    else read.limit = wholeNumber(`${field} limit`, number, 1, most);
  }
  return read;
};

/**
 * Reads `expand=items.sessions(offset:0,limit:100)`, which may stand several times (facts §6). Other expansions and
 * parameters, such as `source` and `timeout`, change nothing here.
 *
 * @throws Refusal 400
 */
export const readExpansion = (query: Query): Expansion => {
  const expansion = { ...usual };
  for (const text of query.all("expand")) {
    const [, field, written = ""] = /^items\.([A-Za-z]+)(?:\(([^()]*)\))?$/.exec(text) ?? [];
    const name = names.find((known) => known === field);
    if (name) expansion[name] = pageIn(`items.${name}`, written, expansion[name]);
  }
  return expansion;
};
