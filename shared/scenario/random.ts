import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** Numbers from a seed: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
}

/** FNV-1a over UTF-16 units, finished by murmur3's mixer, so that seeds that are near to each other differ in every bit. */
const hash = (text: string, start: number): number => {
  let value = start ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
};

/**
 * The stream of random numbers of one step (interface "Scenario files", seeds): concurrency and the other steps change
 * nothing in it.
 *
 * @param seed as the file or `--seed` says it; `7` and `"7"` are the same seed
 * @param iteration from 1
 * @param stream names the step, or what else draws: the same name gives the same numbers
 */
export const createRandom = (seed: number | string, iteration: number, stream: string): Random => {
  const text = `${seed}\u0000${iteration}\u0000${stream}`;
  const state = [1, 2, 3, 4].map((part) => hash(text, part));
  // All zeros would stay zeros.
  const generator = xoroshiro128plusFromState(state.some((part) => part !== 0) ? state : [1, 2, 3, 4]);
  return {
    next() {
      const high = generator.next() >>> 6;
      const low = generator.next() >>> 5;
      return (high * 0x8000000 + low) / 0x20000000000000;
    },
  };
};
