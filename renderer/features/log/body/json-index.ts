/** Kinds of a node, in a byte. */
export const kinds = ["object", "list", "text", "number", "word"] as const;
export type NodeKind = (typeof kinds)[number];

/** Where nothing is. */
const none = 0xffffffff;

const growths = [
  "start",
  "end",
  "keyStart",
  "keyEnd",
  "parent",
  "last",
  "children",
  "position",
  "depth",
] as const;

/**
 * Where everything stands in a JSON text: a few numbers for each value, in the order of the text, instead of objects.
 * Values are read from the text when they are shown, so that digits, escapes and repeated keys stay as they came.
 */
export class JsonIndex {
  readonly text: string;
  count = 0;
  /** Whether the text ends in the middle: what was open there is taken as ended. */
  cut = false;
  kind = new Uint8Array(1024);
  /** Offsets of the value. */
  start = new Uint32Array(1024);
  end = new Uint32Array(1024);
  /** Offsets of the key's text with its quotes; both the same where there is none. */
  keyStart = new Uint32Array(1024);
  keyEnd = new Uint32Array(1024);
  parent = new Uint32Array(1024);
  /** The node after its last descendant. */
  last = new Uint32Array(1024);
  children = new Uint32Array(1024);
  /** Its place in its parent, from 0. */
  position = new Uint32Array(1024);
  depth = new Uint32Array(1024);

  constructor(text: string) {
    this.text = text;
  }

  kindOf(node: number): NodeKind {
    return kinds[this.kind[node] ?? 0] ?? "word";
  }
  isContainer(node: number): boolean {
    return (this.kind[node] ?? 2) < 2;
  }
  parentOf(node: number): number | null {
    const parent = this.parent[node] ?? none;
    return parent === none ? null : parent;
  }
  /** The key as it is meant; null where there is none. */
  keyOf(node: number): string | null {
    const [from = 0, to = 0] = [this.keyStart[node], this.keyEnd[node]];
    return from === to ? null : plainText(this.text.slice(from, to));
  }
  /** The value as it is written. */
  writtenOf(node: number, longest = Infinity): string {
    const from = this.start[node] ?? 0;
    return this.text.slice(from, Math.min(this.end[node] ?? 0, from + longest));
  }

  add(kind: NodeKind, start: number, key: { from: number; to: number }, parent: number | null): number {
    const node = this.count;
    if (node === this.kind.length) this.#grow();
    this.count += 1;
    this.kind[node] = kinds.indexOf(kind);
    this.start[node] = start;
    this.keyStart[node] = key.from;
    this.keyEnd[node] = key.to;
    this.parent[node] = parent ?? none;
    this.last[node] = node + 1;
    if (parent !== null) {
      this.position[node] = this.children[parent] ?? 0;
      this.children[parent] = (this.children[parent] ?? 0) + 1;
      this.depth[node] = (this.depth[parent] ?? 0) + 1;
    }
    return node;
  }

  close(node: number, end: number): void {
    this.end[node] = end;
    this.last[node] = this.count;
  }

  #grow(): void {
    const size = this.kind.length * 2;
    const bytes = new Uint8Array(size);
    bytes.set(this.kind);
    this.kind = bytes;
    for (const name of growths) {
      const larger = new Uint32Array(size);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}

/** What a JSON text in quotes means; as it is written where it is cut off or broken. */
export const plainText = (written: string): string => {
  try {
    return String(JSON.parse(written));
  } catch {
    return written.replace(/^"/, "");
  }
};
