import { isMap, isPair, isScalar, isSeq, type Pair, type Scalar } from "yaml";

/** Every key of a document that stands in its map a second time. Kept apart from the parser's own check, which compares each with each. */
export const findRepeatedKeys = (root: unknown, most = 50): Scalar[] => {
  const repeated: Scalar[] = [];
  const pending: unknown[] = [root];
  while (pending.length > 0 && repeated.length < most) {
    const node = pending.pop();
    if (isSeq(node)) for (const item of node.items.toReversed()) pending.push(item);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items.filter((item): item is Pair => isPair(item))) {
      pending.push(value);
      if (!isScalar(key)) continue;
      const name = String(key.value);
      if (seen.has(name)) repeated.push(key);
      seen.add(name);
    }
  }
  return repeated;
};
