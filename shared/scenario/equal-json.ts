import type { JsonValue } from "../model/json";

/** Whether two JSON values are the same, whatever the order of their keys. */
export const equalJson = (first: JsonValue | undefined, second: JsonValue | undefined): boolean => {
  if (Object.is(first, second) || (first === 0 && second === 0)) return true;
  if (typeof first !== "object" || typeof second !== "object" || first === null || second === null)
    return false;
  if (Array.isArray(first)) {
    return (
      Array.isArray(second) &&
      first.length === second.length &&
      first.every((item, index) => equalJson(item, second[index]))
    );
  }
  if (Array.isArray(second)) return false;
  const names = Object.keys(first);
  return (
    names.length === Object.keys(second).length &&
    names.every((name) => Object.hasOwn(second, name) && equalJson(first[name], second[name]))
  );
};
