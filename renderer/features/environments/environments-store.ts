import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { AppError, type ErrorData } from "../../../shared/contract/errors";
import type { EnvironmentView } from "../../../shared/model/environment";
import { useClient } from "../../layout/client-key";
import { useConnection } from "../../layout/connection";
import { problemOf, useProblems, type Problem } from "../../layout/problems";

/** The environments there are and the one that is on, for the whole window. */
export const useEnvironments = defineStore("environments", () => {
  const client = useClient();
  // Shallow, because what goes to the core must be plain: a reactive object cannot cross every channel.
  const list = shallowRef<EnvironmentView[]>([]);
  const selected = ref("");
  /** What is wrong with the workspace's file, whose environments are missing meanwhile. */
  const problem = ref<Problem | null>(null);
  const problems = useProblems();
  let loaded = false;

  /** Says it wherever a person is: the environment that was on may have gone with the file. */
  const tell = (given: ErrorData | null | undefined): void => {
    const before = problem.value;
    problem.value = given ? problemOf(new AppError(given)) : null;
    if (given && before?.message !== given.message) problems.report(new AppError(given));
    if (!given && before && problems.current?.message === before.message) problems.dismiss();
  };

  const load = async (): Promise<void> => {
    const answer = await client.call("environments.list", {});
    list.value = answer.environments;
    selected.value = answer.selected;
    tell(answer.problem);
    loaded = true;
  };
  const byName = (name: string): EnvironmentView | undefined =>
    list.value.find((environment) => environment.name === name);
  /** The environment that events go to; undefined only before the list has come. */
  const current = computed(() => byName(selected.value) ?? byName("sandbox") ?? list.value[0]);

  const select = async (name: string): Promise<void> => {
    await client.call("environments.select", { name });
    selected.value = name;
  };
  /** Remembers that a person agreed to send to this production environment at this address, until Bellhop closes. */
  const consent = async ({ name, baseUrl }: Pick<EnvironmentView, "name" | "baseUrl">): Promise<void> => {
    await client.call("environments.consent", { name, baseUrl });
    await load();
  };

  const refresh = (): void => {
    if (loaded) load().catch(() => undefined);
  };
  client.on("environments.changed", refresh);
  useConnection().onAgain(refresh);
  return { list, selected, problem, current, byName, load, select, consent };
});
