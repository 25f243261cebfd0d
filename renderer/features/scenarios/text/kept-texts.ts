import type { JsonObject } from "../../../../shared/model/json";
import { useClient } from "../../../layout";
import { isChanged, readKeptTexts, type KeptTexts, type OpenText } from "./open-text";

/** Under this key the profile keeps what was typed and not saved, so that neither a reload nor a crash costs it. */
const key = "scenario-texts";

/** What was typed and not saved when the window went. */
export interface KeptTextsOfProfile {
  /** Reads what is kept, once. @throws AppError CLOSED */
  load(): Promise<void>;
  /** What is kept of a file; it is the window's from now on. */
  take(path: string): KeptTexts[string] | undefined;
  /** Keeps what is unsaved of the open texts, and what is kept of others. */
  keep(texts: Iterable<OpenText>): void;
}

export const useKeptTexts = (): KeptTextsOfProfile => {
  const client = useClient();
  const kept = new Map<string, KeptTexts[string]>();
  let loading: Promise<void> | undefined;
  let isKnown = false;

  const read = async (): Promise<void> => {
    const all = readKeptTexts(await client.call("layout.get", { key }));
    for (const [path, text] of Object.entries(all)) kept.set(path, text);
    isKnown = true;
  };
  return {
    load() {
      loading ??= read();
      loading.catch(() => (loading = undefined));
      return loading;
    },
    take(path) {
      const text = kept.get(path);
      kept.delete(path);
      return text;
    },
    keep(texts) {
      // Before what was kept is known, it would be lost.
      if (!isKnown) return;
      const value: JsonObject = Object.fromEntries(kept);
      for (const open of texts)
        if (isChanged(open)) value[open.path] = { text: open.text, version: open.base.version };
      // The text is still here; only a crash right now would cost it.
      client.call("layout.set", { key, value }).catch(() => undefined);
    },
  };
};
