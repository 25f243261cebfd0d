import { defineStore } from "pinia";
import { reactive } from "vue";
import type { JsonValue } from "../../../shared/model/json";
import type { SandboxDocument } from "../../../shared/model/sandbox";
import { problemOf, useClient, type Problem } from "../../layout";
import { documentProblemOf, type DocumentProblem } from "./document-problem";
import type { DocumentEdit } from "./edit-document";
import { useSandbox } from "./sandbox-store";
import { readTypedTexts, type TypedText } from "./typed-text";

export const documentKinds = ["config", "faults"] as const;
export type DocumentKind = (typeof documentKinds)[number];

interface DocumentState {
  /** The text that is in effect; null while it is not known. */
  saved: string | null;
  warnings: readonly string[];
  /**
   * The text in effect as it was written, comments and all. The sandbox keeps what a text means, not the text, and
   * gives it back in words of its own; so this counts only as long as nobody else has changed what is in effect.
   */
  written: TypedText | null;
  /** What was typed and is not in effect yet. */
  typed: TypedText | null;
  /** Why what was typed cannot be used. */
  problem: DocumentProblem | null;
  /** Why the text in effect could not be read. */
  unavailable: Problem | null;
  busy: boolean;
}

const empty = (): DocumentState => ({
  saved: null,
  warnings: [],
  written: null,
  typed: null,
  problem: null,
  unavailable: null,
  busy: false,
});

/** What is kept of each document under a name of its own. */
const writtenName = (kind: DocumentKind): string => `${kind}, as written`;

/** Under this key the profile keeps what was typed, so that a crash does not cost it. */
const storageKey = "sandbox-documents";
/** Milliseconds of quiet before what was typed is kept. */
const pause = 400;

/** The sandbox's configuration and its faults, as text: what is in effect, and what a person is writing. */
export const useSandboxDocuments = defineStore("sandbox-documents", () => {
  const client = useClient();
  const sandbox = useSandbox();
  const documents = reactive<Record<DocumentKind, DocumentState>>({ config: empty(), faults: empty() });

  const read = (kind: DocumentKind): Promise<SandboxDocument> =>
    kind === "config" ? client.call("sandbox.readConfig", {}) : client.call("sandbox.readFaults", {});
  const write = (kind: DocumentKind, text: string): Promise<SandboxDocument> =>
    kind === "config"
      ? client.call("sandbox.saveConfig", { text })
      : client.call("sandbox.saveFaults", { text });

  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    const value: JsonValue = Object.fromEntries(
      documentKinds.flatMap((kind) => {
        const { typed, written } = documents[kind];
        return [
          ...(typed ? [[kind, { ...typed }]] : []),
          ...(written ? [[writtenName(kind), { ...written }]] : []),
        ];
      }),
    );
    // The text is still here; only a crash right now would cost it.
    client.call("layout.set", { key: storageKey, value }).catch(() => undefined);
  };
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  };
  if (typeof addEventListener === "function") addEventListener("pagehide", keep);

  /** The text in effect, as its author wrote it where that is known; null while it is not known at all. */
  const inEffect = (kind: DocumentKind): string | null => {
    const { saved, written } = documents[kind];
    return written?.base === saved ? written.text : saved;
  };

  const take = (kind: DocumentKind, { text, warnings }: SandboxDocument): void => {
    const state = documents[kind];
    state.saved = text;
    state.warnings = warnings;
    state.unavailable = null;
    if (state.typed?.text === text) state.typed = null;
  };
  const load = async (kind: DocumentKind): Promise<void> => {
    if (sandbox.status.state !== "running") {
      Object.assign(documents[kind], { saved: null, unavailable: null });
      return;
    }
    try {
      take(kind, await read(kind));
    } catch (error) {
      Object.assign(documents[kind], { saved: null, unavailable: problemOf(error) });
    }
  };
  /** Takes up what was being written when the window was closed. */
  const recall = async (): Promise<void> => {
    const names = documentKinds.flatMap((kind) => [kind, writtenName(kind)]);
    const texts = readTypedTexts(await client.call("layout.get", { key: storageKey }), names);
    for (const kind of documentKinds) {
      documents[kind].typed ??= texts[kind] ?? null;
      documents[kind].written ??= texts[writtenName(kind)] ?? null;
    }
  };

  const type = (kind: DocumentKind, text: string): void => {
    const state = documents[kind];
    const base = state.typed?.base ?? state.saved ?? "";
    state.typed = text === inEffect(kind) ? null : { text, base };
    state.problem = null;
    keepSoon();
  };
  const discard = (kind: DocumentKind): void => {
    documents[kind].typed = null;
    documents[kind].problem = null;
    keepSoon();
  };

  /** One after the other, because each starts from what the one before has made. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work);
    queue = next.catch(() => undefined);
    return next;
  };
  const save = async (kind: DocumentKind, text: string): Promise<void> => {
    documents[kind].busy = true;
    try {
      take(kind, await write(kind, text));
      documents[kind].written = { text, base: documents[kind].saved ?? "" };
      keepSoon();
      // It says which points of sale there are, and whether it is strict.
      if (kind === "config") await sandbox.load();
    } finally {
      documents[kind].busy = false;
    }
  };

  /** Puts what was typed into effect. @returns whether it is */
  const apply = (kind: DocumentKind): Promise<boolean> =>
    inTurn(async () => {
      const state = documents[kind];
      const text = state.typed?.text;
      if (text === undefined) return true;
      try {
        await save(kind, text);
      } catch (error) {
        if (state.typed?.text === text) state.problem = documentProblemOf(error);
        return false;
      }
      // What was typed in the meantime stays, and goes on from here.
      if (state.typed)
        state.typed = state.typed.text === text ? null : { ...state.typed, base: state.saved ?? "" };
      return true;
    });

  /** Changes one thing of the text in effect, at once. @returns what is against it, or null */
  const edit = (kind: DocumentKind, change: DocumentEdit): Promise<DocumentProblem | null> =>
    inTurn(async () => {
      const text = inEffect(kind);
      if (text === null) return null;
      try {
        await save(kind, change(text));
        return null;
      } catch (error) {
        return documentProblemOf(error);
      }
    });

  return { documents, inEffect, load, recall, type, discard, apply, edit };
});
