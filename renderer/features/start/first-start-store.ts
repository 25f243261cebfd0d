import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { ScenarioOutline, WorkspaceFileRow } from "../../../shared/model/scenario";
import { useArrangement, useClient } from "../../layout";

/** The scenario that is ready to be played, and what its file says. */
export interface Sample {
  path: string;
  outline: ScenarioOutline;
}

/** The name of the sample workspace's first scenario. */
const sampleFile = /(^|\/)first-purchase\.scenario\.yaml$/;

const sampleAmong = (files: readonly WorkspaceFileRow[]): WorkspaceFileRow | undefined => {
  const scenarios = files.filter(({ kind }) => kind === "scenario");
  return scenarios.find(({ path }) => sampleFile.test(path)) ?? scenarios[0];
};

/**
 * What the first start offers: as long as nothing has been sent or played, it stands in the place of the Scenarios
 * view, until something is played or a person closes it.
 */
export const useFirstStart = defineStore("first-start", () => {
  const client = useClient();
  const wanted = useArrangement().shown("first-start");
  /** Whether nothing had happened when the window opened, and nothing was played since. */
  const untouched = ref(false);
  const sample = shallowRef<Sample | null>(null);
  const shown = computed(() => untouched.value && wanted.value);

  /** Something else takes its place: a scenario was opened or played. */
  const leave = (): void => {
    untouched.value = false;
  };

  const readSample = async (): Promise<void> => {
    const { files } = await client.call("scenarios.list", {});
    const file = sampleAmong(files);
    const outline = file ? (await client.call("scenarios.read", { path: file.path })).outline : null;
    sample.value = file && outline ? { path: file.path, outline } : null;
  };
  /** A file that cannot be read is the Scenarios view's to explain. */
  const readQuietly = (): Promise<void> => readSample().catch(() => void (sample.value = null));

  const lookAround = async (): Promise<void> => {
    const [log, history] = await Promise.all([
      client.call("log.query", { limit: 1 }),
      client.call("runs.list", { offset: 0, limit: 1 }),
    ]);
    untouched.value = log.total === 0 && history.total === 0;
    if (untouched.value) await readQuietly();
  };

  /** Looks whether anything has happened yet in this profile. Where that cannot be told, nothing is offered. */
  const load = (): Promise<void> => lookAround().catch(leave);

  /** A person does not want to see it again. */
  const close = (): void => {
    wanted.value = false;
  };

  client.on("scenarios.changed", () => {
    if (shown.value) void readQuietly();
  });
  client.on("runs.progressed", leave);
  return { shown, sample, load, leave, close };
});
