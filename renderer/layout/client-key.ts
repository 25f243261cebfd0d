import { inject, type InjectionKey } from "vue";
import type { Client } from "../client";

/** Under this key `main.ts` provides the one door to the core. */
export const clientKey: InjectionKey<Client> = Symbol("client");

/** The door to the core, for the set-up of components and stores. */
export const useClient = (): Client => {
  const client = inject(clientKey, null);
  if (!client)
    throw new Error("useClient works in the set-up of components and stores of an app that provides it.");
  return client;
};
