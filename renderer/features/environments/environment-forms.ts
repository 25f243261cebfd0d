import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { AppError } from "../../../shared/contract/errors";
import type { EnvironmentView } from "../../../shared/model/environment";
import { useClient } from "../../layout/client-key";
import { problemOf, type Problem } from "../../layout/problems";
import {
  checkForm,
  copyName,
  emptyForm,
  fromForm,
  sameForm,
  toForm,
  type EnvironmentForm,
  type FormField,
  type FormProblems,
} from "./environment-form";
import { useEnvironments } from "./environments-store";

/** Under this key stands the form of an environment that is not saved yet. No environment can have this name. */
export const newKey = "";

const fieldOf = (error: unknown): FormField | null => {
  const pointer = error instanceof AppError ? error.field : undefined;
  const name = pointer?.split("/").at(-1);
  return name !== undefined && name in emptyForm() ? (name as FormField) : null;
};

/** The forms of the Environments view. What was changed and not saved stays until it is saved or cancelled. */
export const useEnvironmentForms = defineStore("environment-forms", () => {
  const client = useClient();
  const environments = useEnvironments();
  /** Changed forms by the name that their environment has; `newKey` for a new one. */
  const changed = ref<Record<string, EnvironmentForm>>({});
  const chosen = ref("");
  const saving = ref(false);
  /** What the core said against the last save. */
  const refused = ref<{ field: FormField | null; problem: Problem } | null>(null);

  const adding = computed(() => newKey in changed.value && chosen.value === newKey);
  const original = computed<EnvironmentView | undefined>(() =>
    adding.value ? undefined : (environments.byName(chosen.value) ?? environments.current),
  );
  const key = computed(() => (adding.value ? newKey : (original.value?.name ?? newKey)));
  const form = computed<EnvironmentForm>(
    () => changed.value[key.value] ?? (original.value ? toForm(original.value) : emptyForm()),
  );
  const isDirty = (name: string): boolean => name in changed.value;
  const dirty = computed(() => isDirty(key.value));

  const problems = computed<FormProblems>(() => {
    if (original.value?.builtIn) return {};
    const others = environments.list.map(({ name }) => name).filter((name) => name !== original.value?.name);
    const found = checkForm(form.value, others);
    const { field, problem } = refused.value ?? { field: null, problem: null };
    if (field && problem)
      found[field] = { message: problem.hint ? `${problem.message} ${problem.hint}` : problem.message };
    return found;
  });

  const edit = (part: Partial<EnvironmentForm>): void => {
    refused.value = null;
    const next = { ...form.value, ...part };
    // The catalog goes with the transport until a person chooses another.
    if (part.transport && form.value.catalog === (form.value.transport === "spec" ? "spec" : "sitecore")) {
      next.catalog = part.transport === "spec" ? "spec" : "sitecore";
    }
    if (original.value && sameForm(next, toForm(original.value))) delete changed.value[key.value];
    else changed.value[key.value] = next;
  };
  const choose = (name: string): void => {
    refused.value = null;
    chosen.value = name;
  };
  const add = (): void => {
    changed.value[newKey] ??= emptyForm();
    choose(newKey);
  };
  const cancel = (): void => {
    const wasNew = adding.value;
    delete changed.value[key.value];
    choose(wasNew ? (environments.current?.name ?? "") : chosen.value);
  };
  /** @returns whether it is saved; where not, `refused` says why */
  const save = async (): Promise<boolean> => {
    const from = key.value;
    saving.value = true;
    refused.value = null;
    try {
      const environment = fromForm(form.value, original.value);
      const input = from === newKey ? { environment } : { environment, replaces: from };
      const saved = await client.call("environments.save", input);
      await environments.load();
      delete changed.value[from];
      choose(saved.name);
      return true;
    } catch (error) {
      refused.value = { field: fieldOf(error), problem: problemOf(error) };
      return false;
    } finally {
      saving.value = false;
    }
  };
  /** Copies an environment, without its credential, and shows the copy. @throws AppError */
  const copy = async (name: string, change: Partial<EnvironmentForm> = {}): Promise<void> => {
    const made = await client.call("environments.copy", {
      from: name,
      name: copyName(
        name,
        environments.list.map((each) => each.name),
      ),
    });
    if (Object.keys(change).length > 0) {
      const environment = fromForm({ ...toForm(made), ...change }, made);
      await client.call("environments.save", { environment, replaces: made.name });
    }
    await environments.load();
    choose(made.name);
  };
  /** @throws AppError */
  const remove = async (name: string): Promise<void> => {
    await client.call("environments.remove", { name });
    await environments.load();
    delete changed.value[name];
    choose(environments.current?.name ?? "");
  };
  return {
    chosen,
    adding,
    original,
    form,
    dirty,
    isDirty,
    problems,
    refused,
    saving,
    edit,
    choose,
    add,
    cancel,
    save,
    copy,
    remove,
  };
});
