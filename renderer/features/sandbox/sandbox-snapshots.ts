import { defineStore } from "pinia";
import { shallowRef } from "vue";
import type { SandboxSnapshot } from "../../../shared/model/sandbox";
import { useClient } from "../../layout";
import { useSandbox } from "./sandbox-store";

/** Saved states of the sandbox, and its state as a file. */
export const useSandboxSnapshots = defineStore("sandbox-snapshots", () => {
  const client = useClient();
  const sandbox = useSandbox();
  const list = shallowRef<readonly SandboxSnapshot[]>([]);

  /** @throws AppError */
  const load = async (): Promise<void> => {
    list.value = sandbox.status.state === "running" ? await client.call("sandbox.snapshots", {}) : [];
  };
  /** @throws AppError */
  const save = async (name: string): Promise<void> => {
    await client.call("sandbox.saveSnapshot", { name });
    await load();
  };
  /** Replaces what the sandbox knows. @throws AppError */
  const restore = async (name: string): Promise<void> => {
    await client.call("sandbox.restoreSnapshot", { name });
    await sandbox.count();
  };
  /** @throws AppError */
  const remove = async (name: string): Promise<void> => {
    await client.call("sandbox.removeSnapshot", { name });
    await load();
  };
  /** Saves the whole state as a file of the person's. @throws AppError */
  const exportState = async (): Promise<void> => {
    const { ticket, name } = await client.call("sandbox.export", {});
    client.download(ticket, name);
  };
  /** Replaces what the sandbox knows by an exported file. @throws AppError */
  const importState = async (file: File): Promise<void> => {
    await client.call("sandbox.import", { ticket: await client.upload(file) });
    await Promise.all([sandbox.count(), load()]);
  };
  return { list, load, save, restore, remove, exportState, importState };
});
