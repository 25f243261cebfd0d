import { defineStore } from "pinia";
import { computed, ref, shallowReactive, watch } from "vue";
import { AppError } from "../../../shared/contract/errors";
import { environmentChanges } from "../../../shared/environment-changes";
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
import { environmentOf } from "./environment-words";
import { mergeForms, takeTheirs, type FieldConflict } from "./form-conflict";
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
  /** What each changed form began with: the environment as the file had it. Raw, because it goes to the core. */
  const bases = shallowReactive<Record<string, EnvironmentView>>({});
  const chosen = ref("");
  const saving = ref(false);
  /** What the core said against the last save. */
  const refused = ref<{ field: FormField | null; problem: Problem } | null>(null);

  const adding = computed(() => newKey in changed.value && chosen.value === newKey);
  const isDirty = (name: string): boolean => name in changed.value;
  /** Changed here, and by now taken out of the workspace's file. */
  const gone = computed(() =>
    Object.entries(bases)
      .filter(([name]) => isDirty(name) && environments.byName(name) === undefined)
      .map(([, base]) => base),
  );
  const original = computed<EnvironmentView | undefined>(() =>
    adding.value
      ? undefined
      : (environments.byName(chosen.value) ??
        gone.value.find(({ name }) => name === chosen.value) ??
        environments.current),
  );
  const key = computed(() => (adding.value ? newKey : (original.value?.name ?? newKey)));
  const form = computed<EnvironmentForm>(
    () => changed.value[key.value] ?? (original.value ? toForm(original.value) : emptyForm()),
  );
  const dirty = computed(() => isDirty(key.value));

  const forget = (name: string): void => {
    delete changed.value[name];
    delete bases[name];
  };
  const hold = (name: string, next: EnvironmentForm, base: EnvironmentView | undefined): void => {
    if (base && sameForm(next, toForm(base))) return forget(name);
    changed.value[name] = next;
    if (base) bases[name] = base;
  };

  /** What the workspace's file says by now of a changed form, where it is not what the form began with. */
  const changedInFile = (name: string) => {
    const [base, now, mine] = [bases[name], environments.byName(name), changed.value[name]];
    if (!base || !now || !mine || environmentChanges(environmentOf(base), environmentOf(now)).length === 0)
      return null;
    return { now, ...mergeForms(toForm(base), mine, toForm(now)) };
  };
  // What was changed elsewhere comes into the form, unless it was changed here as well: that is for a person to decide.
  watch(
    () => environments.list,
    () => {
      for (const name of Object.keys(bases)) {
        const other = changedInFile(name);
        if (other && other.conflicts.length === 0) hold(name, other.form, other.now);
      }
    },
    { flush: "sync" },
  );
  /** What has to be decided before the form can be saved. */
  const conflict = computed<{ kind: "gone" } | { kind: "fields"; fields: FieldConflict[] } | null>(() => {
    if (saving.value || adding.value) return null;
    if (gone.value.some(({ name }) => name === key.value)) return { kind: "gone" };
    const fields = changedInFile(key.value)?.conflicts ?? [];
    return fields.length === 0 ? null : { kind: "fields", fields };
  });
  const resolve = (choice: "mine" | "theirs"): void => {
    const other = changedInFile(key.value);
    if (!other) return;
    const { form: merged, conflicts, now } = other;
    refused.value = null;
    hold(key.value, choice === "mine" ? merged : takeTheirs(merged, toForm(now), conflicts), now);
  };

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
    hold(key.value, next, adding.value ? undefined : (bases[key.value] ?? original.value));
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
    forget(key.value);
    choose(wasNew ? (environments.current?.name ?? "") : chosen.value);
  };
  /** @returns whether it is saved; where not, `refused` says why */
  const save = async (): Promise<boolean> => {
    const from = key.value;
    saving.value = true;
    refused.value = null;
    try {
      const environment = fromForm(form.value, original.value);
      const base = bases[from];
      const isNew = from === newKey || gone.value.some(({ name }) => name === from);
      const change = { replaces: from, ...(base && { expected: environmentOf(base) }) };
      const saved = await client.call("environments.save", { environment, ...(isNew ? {} : change) });
      await environments.load();
      forget(from);
      choose(saved.name);
      return true;
    } catch (error) {
      // The file was quicker than its watch: what it says now shows as a conflict.
      if (error instanceof AppError && error.field === "/expected") await environments.load();
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
    forget(name);
    await environments.load();
    choose(environments.current?.name ?? "");
  };
  return {
    chosen,
    adding,
    original,
    form,
    dirty,
    isDirty,
    gone,
    conflict,
    resolve,
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
