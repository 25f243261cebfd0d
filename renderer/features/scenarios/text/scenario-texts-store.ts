import { defineStore } from "pinia";
import { shallowReactive } from "vue";
import { AppError } from "../../../../shared/contract/errors";
import type {
  ScenarioEdit,
  ScenarioOutline,
  ScenarioReading,
  ScenarioText,
} from "../../../../shared/model/scenario";
import { openYamlText, type YamlText } from "../../../editor";
import { problemOf, useClient, useConnection, useProblems } from "../../../layout";
import { isBroken, isChanged, type OpenText, type SaveState, unreadable } from "./open-text";
import { useKeptTexts } from "./kept-texts";
import { createPauses } from "./pauses";
import { createTextQueue } from "./text-queue";

/** Milliseconds after the last change until the text is read, kept in the profile, and saved. */
const delays = { read: 120, keep: 300, save: 700 };
/** Typing may overtake an edit, which is then made again on the newer text. */
const mostTries = 5;

const isCode = (error: unknown, code: AppError["code"]): boolean =>
  error instanceof AppError && error.code === code;

/**
 * The texts of the files that are open. Monaco's own text is the one there is: what is typed, what is done in the list
 * and what comes from the disk are changes of it, under one undo history.
 */
export const useScenarioTexts = defineStore("scenario-texts", () => {
  const client = useClient();
  const problems = useProblems();
  const texts = shallowReactive(new Map<string, OpenText>());
  const models = new Map<string, Promise<YamlText>>();
  const pauses = createPauses();
  const edits = createTextQueue();
  const saves = createTextQueue();
  const kept = useKeptTexts();
  let documents = 0;

  const of = (path: string): OpenText | undefined => texts.get(path);
  const change = (path: string, part: Partial<OpenText>): void => {
    const known = texts.get(path);
    if (known) texts.set(path, { ...known, ...part });
  };
  const setSave = (path: string, save: SaveState): void => change(path, { save });

  const later = (name: keyof typeof delays, path: string, work: () => void): void =>
    pauses.after(`${name} ${path}`, delays[name], work);

  const keepNow = (): void => kept.keep(texts.values());

  /** Reads the text until what is known is of the newest. @throws AppError CLOSED */
  const fresh = async (path: string): Promise<ScenarioReading> => {
    for (;;) {
      const open = texts.get(path);
      if (!open) return { outline: null, issues: [] };
      if (open.readOf === open.text) return open.reading;
      const { text } = open;
      const { outline, issues } = await client.call("scenarios.check", { path, text });
      if (texts.get(path)?.text === text) change(path, { reading: { outline, issues }, readOf: text });
    }
  };
  const readQuietly = (path: string): void => void fresh(path).catch(() => undefined);

  const typed = (path: string, text: string): void => {
    const open = texts.get(path);
    if (!open || open.text === text) return;
    change(path, { text });
    if (open.readOf !== text) later("read", path, () => readQuietly(path));
    later("keep", path, keepNow);
    const { state } = open.save;
    if (state === "conflict" || state === "gone") return;
    setSave(path, { state: text === open.base.shown ? "saved" : "changed" });
    later("save", path, () => void save(path));
  };

  const model = async (path: string): Promise<YamlText> => {
    const known = models.get(path);
    if (known) return known;
    throw new AppError({ code: "NOT_FOUND", message: `${path} is not open.` });
  };
  const agree = async (path: string, { text, version, outline, issues }: ScenarioText): Promise<void> => {
    const its = await model(path);
    const before = texts.get(path);
    if (!before) return;
    change(path, { reading: { outline, issues }, readOf: text });
    its.replace(text);
    const shown = its.read();
    change(path, { base: { text, shown, version }, text: shown, save: { state: "saved" } });
    if (shown !== text) change(path, { readOf: shown });
    later("keep", path, keepNow);
  };

  /** Opens a file, once. What was typed and not saved when the window went is there again. @throws AppError */
  const open = async (path: string): Promise<void> => {
    if (texts.has(path)) return look(path);
    const [file] = await Promise.all([client.call("scenarios.read", { path }), kept.load()]);
    if (texts.has(path)) return;
    const { text, version, outline, issues } = file;
    const documentId = `scenario-${(documents += 1)}`;
    texts.set(path, {
      ...{ path, documentId, text, readOf: text, trusted: file.trusted },
      base: { text, shown: text, version },
      reading: { outline, issues },
      save: { state: "saved" },
      isReady: false,
    });
    const made = openYamlText(documentId, text, (now) => typed(path, now));
    models.set(path, made);
    made.catch(() => {
      models.delete(path);
      texts.delete(path);
    });
    const its = await made;
    change(path, { isReady: true });
    const shown = its.read();
    if (shown !== text) change(path, { text: shown, readOf: shown, base: { text, shown, version } });
    const mine = kept.take(path);
    if (!mine || mine.text === shown) return;
    its.replace(mine.text);
    if (mine.version !== version) setSave(path, { state: "conflict", theirs: file });
  };

  /** Takes a file out of the window; what is not saved is saved first where that can be. */
  const close = async (path: string): Promise<void> => {
    const its = await models.get(path);
    for (const name of Object.keys(delays)) pauses.drop(`${name} ${path}`);
    texts.delete(path);
    models.delete(path);
    its?.close();
    keepNow();
  };

  /** Looks at the disk: takes over what changed there where nothing is unsaved here, and else says so. */
  const look = async (path: string): Promise<void> => {
    const before = texts.get(path);
    if (!before) return;
    try {
      const theirs = await client.call("scenarios.read", { path });
      change(path, { trusted: theirs.trusted });
      const now = texts.get(path);
      // A save was quicker: what was read may be what stood there before it.
      if (now && now.base.version !== before.base.version) return await look(path);
      if (!now || theirs.version === now.base.version) {
        if (now?.save.state === "conflict" || now?.save.state === "gone") goOn(path);
        return;
      }
      if (!isChanged(now) || theirs.text === now.text) return await agree(path, theirs);
      // A save that is on its way finds it out by itself.
      if (now.save.state !== "saving") setSave(path, { state: "conflict", theirs });
    } catch (error) {
      if (isCode(error, "NOT_FOUND")) setSave(path, { state: "gone" });
      else if (!isCode(error, "CLOSED")) problems.report(error);
    }
  };
  const goOn = (path: string): void => {
    setSave(path, { state: "changed" });
    later("save", path, () => void save(path));
  };

  const write = async (path: string, by: "itself" | "hand"): Promise<boolean> => {
    const before = texts.get(path);
    // It is about to be opened, by the palette for one: what the disk says is all there is.
    if (!before) return true;
    if (before.save.state === "conflict" || before.save.state === "gone") return false;
    if (!isChanged(before)) return true;
    const reading = await fresh(path);
    const now = texts.get(path);
    if (!now) return false;
    if (isBroken(reading) && by === "itself") {
      setSave(path, { state: "held" });
      return false;
    }
    const { text, base } = now;
    setSave(path, { state: "saving" });
    const { version } = await client.call("scenarios.save", { path, text, version: base.version });
    const after = texts.get(path);
    if (!after) return true;
    change(path, { base: { text, shown: text, version } });
    later("keep", path, keepNow);
    if (after.text === text) setSave(path, { state: "saved" });
    else goOn(path);
    return after.text === text;
  };
  /**
   * Saves a text. Never rejects: what went wrong is in its state.
   *
   * @param by a text that cannot be read is saved only where a person says so
   * @returns whether disk and text agree now
   */
  const save = (path: string, by: "itself" | "hand" = "itself"): Promise<boolean> =>
    saves.inTurn(path, async () => {
      pauses.drop(`save ${path}`);
      try {
        return await write(path, by);
      } catch (error) {
        setSave(path, { state: "failed", problem: problemOf(error) });
        if (isCode(error, "CONFLICT") || isCode(error, "NOT_FOUND")) await look(path);
        return false;
      }
    });

  /**
   * Changes steps in the text, in turn with other changes, on the newest text.
   *
   * @param make what to change, seen what the text says by then; null for nothing
   * @param then is called once it is done, before the next change looks at the text
   * @returns what the text says after it; null where there was nothing to do
   * @throws AppError INVALID_INPUT where the text cannot be read or the edit makes no sense
   */
  const edit = (
    path: string,
    make: (outline: ScenarioOutline) => readonly ScenarioEdit[] | null,
    then?: () => void,
  ): Promise<ScenarioOutline | null> =>
    edits.inTurn(path, async () => {
      const its = await model(path);
      for (let tries = 0; tries < mostTries; tries += 1) {
        const reading = await fresh(path);
        if (reading.outline === null) throw unreadable(reading);
        const text = texts.get(path)?.text ?? "";
        const wanted = make(reading.outline);
        if (wanted === null || wanted.length === 0) return null;
        const after = await client.call("scenarios.edit", { path, text, edits: [...wanted] });
        if (texts.get(path)?.text !== text) continue;
        change(path, { reading: { outline: after.outline, issues: after.issues }, readOf: after.text });
        its.replace(after.text);
        then?.();
        return after.outline;
      }
      throw new AppError({
        code: "CONFLICT",
        message: "The text changed too quickly to change a step in it.",
        hint: "Try again in a moment.",
      });
    });

  const undo = async (path: string): Promise<void> => (await model(path)).undo();
  const redo = async (path: string): Promise<void> => (await model(path)).redo();

  /** Ends a conflict: mine is written over theirs, or theirs takes the place of mine, which undo brings back. */
  const settle = async (path: string, keep: "mine" | "theirs"): Promise<void> => {
    const now = texts.get(path);
    if (now?.save.state !== "conflict") return;
    const { theirs } = now.save;
    if (keep === "theirs") return agree(path, theirs);
    change(path, { base: { text: theirs.text, shown: theirs.text, version: theirs.version } });
    goOn(path);
    await save(path, "hand");
  };
  /** Writes a file that was taken away again. */
  const writeAgain = async (path: string): Promise<void> => {
    const now = texts.get(path);
    if (!now) return;
    const { version } = await client.call("scenarios.save", { path, text: now.text, version: null });
    change(path, { base: { text: now.text, shown: now.text, version }, save: { state: "saved" } });
  };

  client.on("scenarios.changed", ({ paths }) => {
    for (const path of texts.keys()) if (paths.length === 0 || paths.includes(path)) void look(path);
  });
  useConnection().onAgain(() => {
    for (const [path, open] of texts) {
      void look(path);
      if (isChanged(open) && open.save.state !== "conflict" && open.save.state !== "gone") goOn(path);
    }
  });
  const leaving = (): void => {
    keepNow();
    for (const open of texts.values()) if (isChanged(open)) void save(open.path);
  };
  if (typeof addEventListener === "function") addEventListener("pagehide", leaving);

  /** Takes every text as not read yet: what is judged by has changed. */
  const readAgain = (): void => {
    for (const path of texts.keys()) {
      change(path, { readOf: null });
      readQuietly(path);
    }
  };

  return { of, open, close, save, edit, undo, redo, settle, writeAgain, readAgain };
});
