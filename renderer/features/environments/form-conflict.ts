import type { EnvironmentForm, FormField } from "./environment-form";

/** A field that was changed here and in the workspace's file, each in its own way. */
export interface FieldConflict {
  field: FormField;
  mine: string;
  theirs: string;
}

const shown = (value: string | boolean): string =>
  typeof value === "boolean" ? (value ? "yes" : "no") : value.trim() === "" ? "nothing" : value.trim();

const copyField = <K extends FormField>(to: EnvironmentForm, from: EnvironmentForm, field: K): void => {
  to[field] = from[field];
};

/**
 * Brings two changes of a form together. Where both changed a field, mine stays, and it is a conflict.
 *
 * @param base what both began with
 */
export const mergeForms = (
  base: EnvironmentForm,
  mine: EnvironmentForm,
  theirs: EnvironmentForm,
): { form: EnvironmentForm; conflicts: FieldConflict[] } => {
  const form = { ...mine };
  const conflicts: FieldConflict[] = [];
  for (const field of Object.keys(base) as FormField[]) {
    const [was, here, there] = [shown(base[field]), shown(mine[field]), shown(theirs[field])];
    if (here === was) copyField(form, theirs, field);
    else if (there !== was && there !== here) conflicts.push({ field, mine: here, theirs: there });
  }
  return { form, conflicts };
};

/** The form with the file's values for these fields. */
export const takeTheirs = (
  form: EnvironmentForm,
  theirs: EnvironmentForm,
  conflicts: readonly FieldConflict[],
): EnvironmentForm => {
  const taken = { ...form };
  for (const { field } of conflicts) copyField(taken, theirs, field);
  return taken;
};
