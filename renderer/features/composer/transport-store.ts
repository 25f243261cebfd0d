import { defineStore } from "pinia";
import { ref } from "vue";
import type { EnvironmentView, Transport } from "../../../shared/model/environment";

type Known = Pick<EnvironmentView, "name" | "transport">;

/**
 * How this window sends to each environment: as the environment says, until a person tries another transport. That
 * holds until the window closes; an environment's own transport is changed in its settings.
 */
export const useTransports = defineStore("transports", () => {
  const chosen = ref(new Map<string, Transport>());

  const of = ({ name, transport }: Known): Transport => chosen.value.get(name) ?? transport;
  /** The transport to ask for; undefined for the environment's own. */
  const other = (environment: Known): Transport | undefined => {
    const transport = of(environment);
    return transport === environment.transport ? undefined : transport;
  };
  const choose = ({ name }: Known, transport: Transport): void => void chosen.value.set(name, transport);
  return { of, other, choose };
});
