import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { EnvironmentView } from "../../../shared/model/environment";
import { useClient } from "../../layout/client-key";
import { useConnection } from "../../layout/connection";

/** The environments there are and the one that is on, for the whole window. */
export const useEnvironments = defineStore("environments", () => {
  const client = useClient();
  // Shallow, because what goes to the core must be plain: a reactive object cannot cross every channel.
  const list = shallowRef<EnvironmentView[]>([]);
  const selected = ref("");
  let loaded = false;

  const load = async (): Promise<void> => {
    const answer = await client.call("environments.list", {});
    list.value = answer.environments;
    selected.value = answer.selected;
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
  /** Remembers that a person agreed to send to this production environment, until Bellhop closes. */
  const consent = async (name: string): Promise<void> => {
    await client.call("environments.consent", { name });
    await load();
  };

  const refresh = (): void => {
    if (loaded) load().catch(() => undefined);
  };
  client.on("environments.changed", refresh);
  useConnection().onAgain(refresh);
  return { list, selected, current, byName, load, select, consent };
});
