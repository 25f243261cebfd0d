/** A stretch of time with something in it, in epoch milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}

/** A piece of the scale: a stretch of time and the pixels that it has. */
export interface Piece extends Stretch {
  x: number;
  width: number;
  /** Whether nothing happened in it, so that it is short however long it took. */
  gap: boolean;
}

export interface TimeScale {
  width: number;
  pieces: readonly Piece[];
  /** Where a time stands, in pixels; outside the scale at its nearer end. */
  xOf(time: number): number;
}

/** Silence longer than this is drawn short, in milliseconds. */
const longestDrawn = 5 * 60_000;
const gapWidth = 56;
/** A busy stretch keeps at least this width, however short it was. */
const leastWidth = 76;

/** Joins stretches that overlap or lie close to each other. */
const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const sorted = [...stretches].sort((a, b) => a.from - b.from);
  const all: Stretch[] = [];
  for (const { from, to } of sorted) {
    const last = all.at(-1);
    if (last && from - last.to <= longestDrawn) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
};

/** The first piece that ends at or behind a time. */
const pieceAt = (pieces: readonly Piece[], time: number): Piece | undefined => {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.to ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return pieces[low] ?? pieces.at(-1);
};

/**
 * A scale on which busy times share the width by how long they took, and silence between them is short. Where there
 * are too many it grows wider than it may.
 *
 * @param width pixels there are
 */
export const timeScale = (stretches: readonly Stretch[], width: number): TimeScale => {
  const busy = joined(stretches);
  const taken = busy.length * leastWidth + Math.max(busy.length - 1, 0) * gapWidth;
  const free = Math.max(width - taken, 0);
  const total = busy.reduce((sum, { from, to }) => sum + (to - from), 0);
  const pieces: Piece[] = [];
  let x = 0;
  for (const [index, { from, to }] of busy.entries()) {
    const before = busy[index - 1];
    if (before) {
      pieces.push({ from: before.to, to: from, x, width: gapWidth, gap: true });
      x += gapWidth;
    }
    const share = total === 0 ? 1 / busy.length : (to - from) / total;
    const own = leastWidth + free * share;
    pieces.push({ from, to, x, width: own, gap: false });
    x += own;
  }
  const xOf = (time: number): number => {
    const piece = pieceAt(pieces, time);
    if (!piece) return 0;
    const part = piece.to === piece.from ? 0 : (time - piece.from) / (piece.to - piece.from);
    return piece.x + Math.min(Math.max(part, 0), 1) * piece.width;
  };
  return { width: x, pieces, xOf };
};
