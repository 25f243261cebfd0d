import { plainText, type JsonIndex, type NodeKind } from "./json-index";

/** A row of the tree as it is drawn. */
export interface TreeRow {
  node: number;
  /** From 0. */
  depth: number;
  /** Its key, or its place in a list; empty for the whole. */
  name: string;
  kind: NodeKind;
  /** The value as it is written, or its beginning; empty for an object or a list. */
  value: string;
  /** Values in it. */
  children: number;
  isOpen: boolean;
  /** Its place among its siblings, from 1, and how many they are. */
  place: number;
  siblings: number;
}

/** Characters of a key or value that a row shows. */
const longestShown = 500;
/** Rows that a body begins with at most, if that much is opened for it. */
const firstRows = 200;
/** Nodes that are searched before somebody else gets a turn. */
const turn = 50_000;

const shortened = (text: string, length: number): string =>
  length <= longestShown
    ? text
    : `${text.slice(0, longestShown)}… (${length.toLocaleString("en-GB")} characters)`;

const toPointerPart = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** A JSON body as rows that open and close. Rows are in the order of the text, so that one is found by halving. */
export class JsonTree {
  readonly index: JsonIndex;
  rows = new Uint32Array(0);
  readonly #open: Uint8Array;

  constructor(index: JsonIndex) {
    this.index = index;
    this.#open = new Uint8Array(index.count);
    this.#openFirst();
    this.#rebuild();
  }

  /** Opens level by level, as long as the rows fit. */
  #openFirst(): void {
    const { index } = this;
    let level = [0];
    for (let rows = 1; level.length > 0;) {
      const more = level.reduce((sum, node) => sum + (index.children[node] ?? 0), 0);
      rows += more;
      if (rows > firstRows && level[0] !== 0) return;
      const next: number[] = [];
      for (const node of level) {
        this.#open[node] = 1;
        if (rows > firstRows) continue;
        for (
          let child = node + 1;
          child < (index.last[node] ?? 0);
          child = index.last[child] ?? index.count
        ) {
          if (index.isContainer(child)) next.push(child);
        }
      }
      level = next;
    }
  }

  #rebuild(): void {
    const { index } = this;
    const found = new Uint32Array(index.count);
    let count = 0;
    for (
      let node = 0;
      node < index.count;
      node = this.#open[node] ? node + 1 : (index.last[node] ?? index.count)
    ) {
      found[count] = node;
      count += 1;
    }
    this.rows = found.slice(0, count);
  }

  /** The row of a node; where it is hidden, that of what hides it. */
  rowOf(node: number): number {
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.rows[middle] ?? 0) <= node) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Opens or closes a node. */
  set(node: number, open: boolean): void {
    this.#open[node] = open ? 1 : 0;
    this.#rebuild();
  }

  /** Opens or closes everything below a node; the whole itself stays open. */
  setAll(open: boolean): void {
    this.#open.fill(open ? 1 : 0);
    this.#open[0] = 1;
    this.#rebuild();
  }

  /** Opens what hides a node. @returns its row */
  unfoldTo(node: number): number {
    for (let at = this.index.parentOf(node); at !== null; at = this.index.parentOf(at)) this.#open[at] = 1;
    this.#rebuild();
    return this.rowOf(node);
  }

  page(from: number, to: number): TreeRow[] {
    return [...this.rows.subarray(from, to)].map((node) => this.#row(node));
  }

  #row(node: number): TreeRow {
    const { index } = this;
    const parent = index.parentOf(node);
    const place = index.position[node] ?? 0;
    const key = index.keyOf(node);
    const isContainer = index.isContainer(node);
    const length = (index.end[node] ?? 0) - (index.start[node] ?? 0);
    return {
      node,
      depth: index.depth[node] ?? 0,
      name: key === null ? (parent === null ? "" : String(place)) : shortened(key, key.length),
      kind: index.kindOf(node),
      value: isContainer ? "" : shortened(index.writtenOf(node, longestShown + 1), length),
      children: index.children[node] ?? 0,
      isOpen: this.#open[node] === 1,
      place: place + 1,
      siblings: parent === null ? 1 : (index.children[parent] ?? 1),
    };
  }

  /** Where a node stands, as a JSON Pointer. */
  pointer(node: number): string {
    const parts: string[] = [];
    for (let at = node; ;) {
      const parent = this.index.parentOf(at);
      if (parent === null) return parts.reverse().join("");
      parts.push(toPointerPart(this.index.keyOf(at) ?? String(this.index.position[at] ?? 0)));
      at = parent;
    }
  }

  /** What a node holds, to be copied: a text without its quotes, anything else as it is written. */
  value(node: number): string {
    const written = this.index.writtenOf(node);
    return this.index.kindOf(node) === "text" ? plainText(written) : written;
  }

  /**
   * Finds the nodes whose key or value has a text in it, in any case.
   *
   * @param pause lets others have their turn, and says whether to go on
   * @returns null where it was given up
   */
  async find(query: string, pause: () => Promise<boolean>): Promise<number[] | null> {
    const { index } = this;
    const wanted = query.toLowerCase();
    const fits = (from: number, to: number): boolean => {
      if (to - from < wanted.length) return false;
      const written = index.text.slice(from, to);
      const plain = written.includes("\\") ? plainText(written) : written.replace(/^"|"$/g, "");
      return plain.toLowerCase().includes(wanted);
    };
    const found: number[] = [];
    for (let node = 0; node < index.count; node += 1) {
      if (node % turn === turn - 1 && !(await pause())) return null;
      const inKey = fits(index.keyStart[node] ?? 0, index.keyEnd[node] ?? 0);
      if (inKey || (!index.isContainer(node) && fits(index.start[node] ?? 0, index.end[node] ?? 0))) {
        found.push(node);
      }
    }
    return found;
  }
}
