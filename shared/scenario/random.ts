/** Numbers from a seed: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
}
