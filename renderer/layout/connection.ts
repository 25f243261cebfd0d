import { defineStore } from "pinia";
import { ref } from "vue";
import type { ConnectionState } from "../client";
import { useClient } from "./client-key";

/** Whether the window still talks to its core. `closing` is a core that said goodbye, `restarting` one that failed. */
export const useConnection = defineStore("connection", () => {
  const client = useClient();
  const state = ref<ConnectionState | "closing" | "restarting">("connected");
  const reason = ref("");
  const again = new Set<() => void>();

  client.on("app.closing", (payload) => {
    state.value = "closing";
    reason.value = payload.reason;
  });
  client.on("app.restarting", (payload) => {
    state.value = "restarting";
    reason.value = payload.reason;
  });
  const back = (): void => {
    state.value = "connected";
    for (const listener of again) listener();
  };
  client.on("app.restarted", back);
  client.onConnection((next) => {
    const before = state.value;
    // A goodbye explains the silence that follows better than "reconnecting" does.
    if (next === "reconnecting" && before === "closing") return;
    if (next === "connected" && before !== "connected") back();
    else state.value = next;
  });

  /** Runs when the connection is back: ask for what changed in between. @returns a function that stops it */
  const onAgain = (listener: () => void): (() => void) => {
    again.add(listener);
    return () => again.delete(listener);
  };
  return { state, reason, onAgain };
});
