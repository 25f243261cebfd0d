import type { Environment } from "./model/environment";
import type { FieldChange } from "./model/environment-exchange";

/** Every field of an environment but its name, as text; those of `vars` each for itself, as `vars.NAME`. */
export const environmentTexts = ({ name: _name, vars, ...fields }: Environment): Map<string, string> =>
  new Map([
    ...Object.entries(fields).flatMap(([field, value]) =>
      value === undefined || value === "" ? [] : [[field, String(value)] as const],
    ),
    ...Object.entries(vars).map(([name, value]) => [`vars.${name}`, value] as const),
  ]);

/** What differs between two states of an environment, in the order of its fields. */
export const environmentChanges = (before: Environment, after: Environment): FieldChange[] => {
  const [old, now] = [environmentTexts(before), environmentTexts(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }));
};
