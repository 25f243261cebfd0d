export interface Match {
  /** Higher is better. */
  score: number;
  /** Positions in the text that the query took, rising. */
  positions: number[];
}

const startsWord = (text: string, at: number): boolean => {
  if (at === 0) return true;
  const before = text.charAt(at - 1);
  const here = text.charAt(at);
  return /[\s_\-./:,]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(here));
};

/** The word as one piece: at the start of a word if it can be. */
const matchPiece = (word: string, text: string, lower: string): Match | null => {
  let best = -1;
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
    if (best < 0) best = at;
    if (startsWord(text, at)) {
      best = at;
      break;
    }
  }
  if (best < 0) return null;
  const score =
    100 + word.length * 4 + (best === 0 ? 40 : startsWord(text, best) ? 30 : 0) - Math.min(best, 20);
  return { score, positions: Array.from(word, (_, index) => best + index) };
};

/** The word letter by letter, in order, with a preference for letters that begin a word. */
const matchLetters = (word: string, text: string, lower: string): Match | null => {
  const positions: number[] = [];
  let score = 0;
  let from = 0;
  for (const letter of word) {
    let at = lower.indexOf(letter, from);
    if (at < 0) return null;
    const last = positions.at(-1);
    if (at !== (last ?? -2) + 1) {
      for (let other = at; other >= 0; other = lower.indexOf(letter, other + 1)) {
        if (startsWord(text, other)) {
          at = other;
          break;
        }
      }
    }
    score += at === (last ?? -2) + 1 ? 6 : startsWord(text, at) ? 8 : 1;
    positions.push(at);
    from = at + 1;
  }
  return { score, positions };
};

/**
 * Whether a text fits what a person typed: each word of the query must occur, as a piece or letter by letter.
 * An empty query fits everything with score 0.
 *
 * @param by `pieces` takes whole words of the query only: in a long text scattered letters are found too easily
 */
export const fuzzyMatch = (
  query: string,
  text: string,
  by: "letters" | "pieces" = "letters",
): Match | null => {
  const lower = text.toLowerCase();
  const positions = new Set<number>();
  let score = 0;
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const match =
      matchPiece(word, text, lower) ?? (by === "letters" ? matchLetters(word, text, lower) : null);
    if (!match) return null;
    score += match.score;
    for (const position of match.positions) positions.add(position);
  }
  return {
    score: score - text.length * 0.1 * (score > 0 ? 1 : 0),
    positions: [...positions].sort((a, b) => a - b),
  };
};

/** Cuts a text into runs that are matched and runs that are not. */
export const highlightRuns = (
  text: string,
  positions: readonly number[],
): { text: string; hit: boolean }[] => {
  const hits = new Set(positions);
  const runs: { text: string; hit: boolean }[] = [];
  for (let index = 0; index < text.length; index++) {
    const hit = hits.has(index);
    const last = runs.at(-1);
    if (last?.hit === hit) last.text += text.charAt(index);
    else runs.push({ text: text.charAt(index), hit });
  }
  return runs;
};
