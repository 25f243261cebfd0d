import type { EntrySource } from "../../../../shared/model/entry";
import type { JsonObject } from "../../../../shared/model/json";
import { createRandom } from "../../../../shared/scenario/random";
import type { RunAnswer, RunBrowser, RunTarget } from "../../sender/run-sends";
import { seededUuid } from "./seeded-uuid";

/** A browser of the iteration, known to the target once it is first needed. */
export interface Browser {
  /** Null: it has no name to come back by. */
  name: string | null;
  /** Its place among the browsers of the iteration, from 0: what its session ids are drawn by. */
  index: number;
  /** What goes into its events. */
  fields: JsonObject;
  made: RunBrowser | null;
  /** The guest it belongs to, as far as it was told last. */
  guestRef: string | null;
  /** Its sessions so far. */
  sessions: number;
  sessionId: string;
  /** The last answer to one of its events whose outcome was not asked for yet. */
  last: RunAnswer | null;
}

/** What is kept of a browser to play from a later step on. */
export type KeptBrowser = Omit<Browser, "last" | "made"> & { browserId: string | null };

interface BrowserOptions {
  target: Pick<RunTarget, "newBrowser">;
  seed: string;
  iteration: number;
  signal: AbortSignal;
  made(browser: RunBrowser): void;
}

/** The browsers of one iteration: it begins on a new one, and each has sessions of its own. */
export const createBrowsers = ({ target, seed, iteration, signal, made }: BrowserOptions) => {
  let all: Browser[] = [];

  const sessionId = (index: number, session: number): string =>
    seededUuid(createRandom(seed, iteration, `session ${index}.${session}`));

  const add = (name: string | null): Browser => {
    const index = all.length;
    const browser: Browser = {
      ...{ name, index, fields: {}, made: null, guestRef: null, sessions: 1, last: null },
      sessionId: sessionId(index, 1),
    };
    all.push(browser);
    return browser;
  };

  let current = add(null);

  return {
    current: (): Browser => current,
    /** The current one, made at the target if it is not yet. @throws AppError UNREACHABLE, CANCELLED */
    async ready(source: EntrySource): Promise<Browser & { made: RunBrowser }> {
      const browser = current;
      if (browser.made === null) {
        browser.made = await target.newBrowser(source, signal);
        browser.guestRef = browser.made.guestRef;
        made(browser.made);
      }
      return browser as Browser & { made: RunBrowser };
    },
    /** @param name `new` for one that is not brought back */
    use(name: string, fields: JsonObject | null): void {
      current =
        (name === "new" ? undefined : all.find((known) => known.name === name)) ??
        add(name === "new" ? null : name);
      if (fields !== null) current.fields = fields;
    },
    newSession(): void {
      current.sessions += 1;
      current.sessionId = sessionId(current.index, current.sessions);
    },
    keep: (): { browsers: KeptBrowser[]; current: number } => ({
      browsers: all.map(({ last: _last, made: known, ...browser }) => ({
        ...browser,
        browserId: known?.browserId ?? null,
      })),
      current: current.index,
    }),
    restore({ browsers, current: index }: { browsers: KeptBrowser[]; current: number }): void {
      all = browsers.map(({ browserId, ...browser }) => ({
        ...browser,
        made: browserId === null ? null : { browserId, guestRef: browser.guestRef },
        last: null,
      }));
      current = all[index] ?? add(null);
    },
  };
};

export type Browsers = ReturnType<typeof createBrowsers>;
