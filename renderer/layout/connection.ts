import { defineStore } from "pinia";
import { ref } from "vue";
import type { ConnectionState } from "../client";
import { useClient } from "./client-key";

/** Whether the window still talks to its core. `closing` is a core that said goodbye. */
export const useConnection = defineStore("connection", () => {
  const client = useClient();
  const state = ref<ConnectionState | "closing">("connected");
  const reason = ref("");
  const again = new Set<() => void>();

  client.on("app.closing", (payload) => {
    state.value = "closing";
    reason.value = payload.reason;
  });
  client.onConnection((next) => {
    const before = state.value;
    // A goodbye explains the silence that follows better than "reconnecting" does.
    if (next === "reconnecting" && before === "closing") return;
    state.value = next;
    if (next === "connected" && before !== "connected") for (const listener of again) listener();
  });

  /** Runs when the connection is back: ask for what changed in between. @returns a function that stops it */
  const onAgain = (listener: () => void): (() => void) => {
    again.add(listener);
    return () => again.delete(listener);
  };
  return { state, reason, onAgain };
});
