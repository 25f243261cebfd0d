import { hexPage, hexRowCount } from "./hex-rows";
import { JsonIndex } from "./json-index";
import { JsonTree, type TreeRow } from "./json-tree";
import { printJson } from "./print-json";
import { readJson } from "./read-json";
import { TextRows, type TextRow } from "./text-rows";

/** How a body can be looked at. */
export type BodyForm = "tree" | "pretty" | "raw" | "hex";

/** What a body turned out to be. */
export interface BodyFacts {
  forms: BodyForm[];
  /** Why it is no tree, or not the whole one, in a sentence; null where nothing need be said. */
  note: string | null;
}

export type BodyRows =
  { form: "tree"; rows: TreeRow[] } | { form: Exclude<BodyForm, "tree">; rows: TextRow[] };

const decoder = new TextDecoder("utf-8", { fatal: true });

const textOf = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
};

/** Of a body that was cut in the middle of a character, the text before it. */
const cutTextOf = (bytes: Uint8Array): string | null => {
  for (let cut = 0; cut < 4; cut += 1) {
    const text = textOf(bytes.subarray(0, bytes.length - cut));
    if (text !== null) return text;
  }
  return null;
};

const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);
const looksLikeMarkup = (text: string): boolean => /^\s*<[!?a-z]/i.test(text);

/**
 * A body that has been read, and all that is asked of it. Lives in a worker: nothing here needs a window, and much of
 * it takes longer than a window may stand still.
 */
export class BodyDocument {
  readonly facts: BodyFacts;
  tree: JsonTree | null = null;
  readonly #bytes: Uint8Array;
  readonly #text: string | null;
  readonly #rows = new Map<BodyForm, { columns: number; rows: TextRows }>();
  #pretty: string | null = null;

  constructor(bytes: Uint8Array, truncated: boolean) {
    this.#bytes = bytes;
    this.#text = (truncated ? cutTextOf(bytes) : textOf(bytes)) ?? null;
    this.facts = this.#read(truncated);
  }

  #read(truncated: boolean): BodyFacts {
    const text = this.#text;
    if (text === null) return { forms: ["hex"], note: "It is not text, so its bytes are shown." };
    const read = readJson(text, truncated);
    if (read instanceof JsonIndex) {
      this.tree = new JsonTree(read);
      const note = read.cut ? "It was cut, so the tree ends where the text ends." : null;
      return { forms: ["tree", "pretty", "raw"], note };
    }
    if (looksLikeJson(text)) {
      const place = `line ${read.line}, column ${read.column}`;
      return { forms: ["raw"], note: `It begins like JSON but is none: ${place}, ${read.why}.` };
    }
    const markup = "It is markup, such as an HTML page. It is shown as text and never drawn.";
    return { forms: ["raw"], note: looksLikeMarkup(text) ? markup : null };
  }

  #textOfForm(form: BodyForm): string {
    if (form !== "pretty" || !this.tree) return this.#text ?? "";
    this.#pretty ??= printJson(this.tree.index);
    return this.#pretty;
  }

  #rowsOf(form: BodyForm, columns: number): TextRows {
    const known = this.#rows.get(form);
    if (known?.columns === columns) return known.rows;
    const rows = new TextRows(this.#textOfForm(form), columns);
    this.#rows.set(form, { columns, rows });
    return rows;
  }

  /** @param columns characters that a row of text has room for */
  count(form: BodyForm, columns: number): number {
    if (form === "tree") return this.tree?.rows.length ?? 0;
    return form === "hex" ? hexRowCount(this.#bytes) : this.#rowsOf(form, columns).count;
  }

  page(form: BodyForm, columns: number, from: number, to: number): BodyRows {
    if (form === "tree") return { form, rows: this.tree?.page(from, to) ?? [] };
    if (form === "hex") return { form, rows: hexPage(this.#bytes, from, to) };
    return { form, rows: this.#rowsOf(form, columns).page(from, to) };
  }

  /** Finds a text: nodes of the tree, or offsets in the text. @returns null where it was given up */
  async find(form: BodyForm, columns: number, query: string, pause: () => Promise<boolean>) {
    if (form === "tree") return this.tree?.find(query, pause) ?? [];
    return form === "hex" ? [] : this.#rowsOf(form, columns).find(query);
  }

  /** The row of something that was found; what hides it is opened. */
  rowOf(form: BodyForm, columns: number, found: number): number {
    if (form === "tree") return this.tree?.unfoldTo(found) ?? 0;
    return this.#rowsOf(form, columns).rowAt(found);
  }

  /** All of it, to be copied. */
  whole(form: BodyForm): string {
    if (form === "hex") return btoa(Array.from(this.#bytes, (byte) => String.fromCharCode(byte)).join(""));
    return this.#textOfForm(form === "pretty" ? "pretty" : "raw");
  }
}
