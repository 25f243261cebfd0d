import type { JsonObject } from "../../../../shared/model/json";

/** A browser of a virtual user, as the script knows it. */
export interface ScriptBrowser {
  /** The variable with its id. */
  variable: string;
  /** What its session's id has behind the UUID that every virtual user of Artillery's has of its own. */
  session: string;
  /** What goes into its events. */
  fields: JsonObject;
  /** Whether anything asks for its id: one that nobody needs is not made, as in a run. */
  isNeeded: boolean;
}

/**
 * The browsers of a journey. Which one is current at a step is known from the file alone, but where a browser is
 * changed inside a `repeat`: there each round has the same.
 */
export const createScriptBrowsers = (newName: (wish: string) => string) => {
  const named = new Map<string, ScriptBrowser>();
  let count = 0;
  let sessions = 1;
  const add = (name: string): ScriptBrowser => {
    count += 1;
    const session = count === 1 ? "" : `-${count}`;
    const variable = newName(count === 1 ? "browser_id" : `browser_${name}`);
    return { variable, session, fields: {}, isNeeded: false };
  };
  let current = add("first");
  return {
    current: (): ScriptBrowser => current,
    /**
     * @param fields null: it keeps what it has
     * @returns whether it has to be made at the target first
     */
    use(name: string, fields: JsonObject | null): boolean {
      const known = name === "new" ? undefined : named.get(name);
      current = known ?? add(name);
      if (fields !== null) current.fields = fields;
      if (name !== "new") named.set(name, current);
      return known === undefined;
    },
    newSession(): void {
      sessions += 1;
      current.session = `-session-${sessions}`;
    },
  };
};

export type ScriptBrowsers = ReturnType<typeof createScriptBrowsers>;
