import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { OutputOf } from "../../../../shared/contract/commands";
import type { JsonObject } from "../../../../shared/model/json";
import type { ScenarioTemplate, WorkspaceFileRow } from "../../../../shared/model/scenario";
import { problemOf, useClient, useConnection, type Problem } from "../../../layout";
import { useScenarioTexts } from "../text/scenario-texts-store";
import { copyName, isOutside } from "./file-names";

/** Under this key the profile keeps which file was open. */
const openKey = "scenario-open";
type Removed = OutputOf<"scenarios.remove">["restore"];

/** The workspace's scenario files, which of them is open, and what can be done to them. */
export const useScenarioFiles = defineStore("scenario-files", () => {
  const client = useClient();
  const texts = useScenarioTexts();
  const folder = ref("");
  const files = shallowRef<readonly WorkspaceFileRow[]>([]);
  const loaded = ref(false);
  const problem = shallowRef<Problem | null>(null);
  /** The file in the middle of the view: relative to the workspace, or absolute where it lies outside. */
  const open = ref<string | null>(null);
  /** The file removed last, so that it can be had back. */
  const removed = shallowRef<Removed | null>(null);
  const templates = shallowRef<readonly ScenarioTemplate[] | null>(null);
  const schema = shallowRef<JsonObject | null>(null);

  const fileOf = (path: string): WorkspaceFileRow | undefined =>
    files.value.find((file) => file.path === path);
  const current = computed(() => (open.value === null ? undefined : fileOf(open.value)));

  const read = async (): Promise<void> => {
    try {
      const answer = await client.call("scenarios.list", {});
      folder.value = answer.folder;
      files.value = answer.files;
      problem.value = null;
      loaded.value = true;
    } catch (error) {
      problem.value = problemOf(error);
    }
  };
  /** One reading at a time; what changes meanwhile is read after it. */
  let reading: Promise<void> | undefined;
  let again = false;
  const refresh = (): Promise<void> => {
    if (reading) again = true;
    reading ??= (async () => {
      do {
        again = false;
        await read();
      } while (again);
      reading = undefined;
    })();
    return reading;
  };

  const show = (path: string | null): void => {
    if (open.value === path) return;
    open.value = path;
    // A failure costs only the memory of what was open.
    client.call("layout.set", { key: openKey, value: path }).catch(() => undefined);
  };

  const loadFirst = async (): Promise<void> => {
    const [, remembered] = await Promise.all([refresh(), client.call("layout.get", { key: openKey })]);
    if (open.value !== null) return;
    const path = typeof remembered === "string" ? remembered : null;
    if (path !== null && (isOutside(path) || fileOf(path))) open.value = path;
    else open.value = files.value.find(({ kind }) => kind === "scenario")?.path ?? null;
  };
  let loading: Promise<void> | undefined;
  /** Reads the list and opens what was open before, once. */
  const load = (): Promise<void> => {
    loading ??= loadFirst();
    loading.catch(() => (loading = undefined));
    return loading;
  };

  /** The templates, read on first need. */
  const loadTemplates = async (): Promise<void> => {
    templates.value ??= await client.call("scenarios.templates", {});
  };
  /** The published schema of scenario files, read on first need. */
  const loadSchema = async (): Promise<void> => {
    schema.value ??= await client.call("scenarios.schema", {});
  };

  /** Makes a file and opens it. @throws AppError CONFLICT, INVALID_INPUT */
  const create = async (
    name: string,
    from: { kind: "empty" } | { kind: "template"; id: string },
  ): Promise<string> => {
    const { path } = await client.call("scenarios.create", { name, from });
    await refresh();
    show(path);
    return path;
  };
  /** Copies a file beside itself, under a free name, and opens the copy. */
  const duplicate = async (path: string): Promise<void> => {
    const { text } = await client.call("scenarios.read", { path });
    const taken = new Set(files.value.map((file) => file.path));
    const saved = await client.call("scenarios.save", { path: copyName(path, taken), text, version: null });
    await refresh();
    show(saved.path);
  };
  /** Writes what is not saved yet, even where it cannot be read: the file is about to go somewhere else. */
  const settle = async (path: string): Promise<void> => {
    if (texts.of(path)) await texts.save(path, "hand");
  };
  const rename = async (path: string, to: string): Promise<void> => {
    await settle(path);
    const answer = await client.call("scenarios.rename", { path, to });
    const wasOpen = open.value === path;
    if (wasOpen) show(answer.path);
    await texts.close(path);
    await refresh();
  };
  const remove = async (path: string): Promise<void> => {
    await settle(path);
    const { restore } = await client.call("scenarios.remove", { path });
    removed.value = restore;
    if (open.value === path) show(null);
    await texts.close(path);
    await refresh();
  };
  /** Brings back the file that was removed last. @throws AppError CONFLICT where another has its name by now */
  const restore = async (): Promise<void> => {
    if (!removed.value) return;
    const { path } = await client.call("scenarios.save", { ...removed.value, version: null });
    removed.value = null;
    await refresh();
    show(path);
  };

  /** Vouches for the folder of a file from outside: it may use more than the sandbox from now on. */
  const trust = async (outside: string): Promise<void> => {
    await client.call("scenarios.trust", { folder: outside });
  };

  client.on("scenarios.changed", () => {
    if (loaded.value) void refresh();
  });
  client.on("runs.changed", () => {
    if (loaded.value) void refresh();
  });
  useConnection().onAgain(() => {
    if (loaded.value) void refresh();
  });

  return {
    ...{ folder, files, loaded, problem, open, current, removed, templates, schema },
    ...{ load, refresh, show, fileOf, loadTemplates, loadSchema },
    ...{ create, duplicate, rename, remove, restore, trust },
    dismissRemoved: () => (removed.value = null),
  };
});
