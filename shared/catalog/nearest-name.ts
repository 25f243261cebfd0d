/** Longer names are nobody's slip of the finger, and comparing them would cost time. */
const longest = 40;

/**
 * Finds the candidate that a person most likely meant: the same letters in another case or with other separators
 * (`firstName`, `first_name`), or one or two slips away (a letter left out, added, changed, or two swapped).
 *
 * @returns a function that answers undefined when nothing is near, or when the name is itself a candidate
 */
export const nearestOf = (candidates: Iterable<string>): ((name: string) => string | undefined) => {
  const prepared = [...candidates].map((candidate) => ({ candidate, other: letters(candidate) }));
  const known = new Set(prepared.map(({ candidate }) => candidate));
  return (name) => {
    if (name.length > longest || known.has(name)) return undefined;
    const wanted = letters(name);
    let best: string | undefined;
    let fewest = Infinity;
    for (const { candidate, other } of prepared) {
      const most = allowed(wanted, other);
      if (Math.abs(wanted.length - other.length) > most) continue;
      const slips = wanted === other ? 0 : distance(wanted, other);
      if (slips > most || slips >= fewest) continue;
      best = candidate;
      fewest = slips;
    }
    return best;
  };
};

const letters = (name: string): string => name.toLowerCase().replaceAll(/[\s_.-]/g, "");

/** Short names are near to too much: three letters must agree, four or five may have one slip. */
const allowed = (first: string, second: string): number => {
  const length = Math.min(first.length, second.length);
  if (length < 4) return 0;
  return length < 6 ? 1 : 2;
};

/** Edits between two short texts; neighbouring letters swapped count as one (optimal string alignment). */
const distance = (first: string, second: string): number => {
  let before: number[] = [];
  let above = Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row++) {
    const line = [row];
    for (let column = 1; column <= second.length; column++) {
      const same = first[row - 1] === second[column - 1] ? 0 : 1;
      let least = Math.min(at(above, column) + 1, at(line, column - 1) + 1, at(above, column - 1) + same);
      const swapped = first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      if (swapped && row > 1 && column > 1) least = Math.min(least, at(before, column - 2) + 1);
      line.push(least);
    }
    before = above;
    above = line;
  }
  return at(above, second.length);
};

const at = (line: readonly number[], column: number): number => line[column] ?? Infinity;
