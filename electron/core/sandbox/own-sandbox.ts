import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { AppError } from "../../../shared/contract/errors";
import type { DatabaseThread } from "../database/database";
import { keepConfig, readKeptConfig } from "./config/kept-config";
import { removeRegistration, writeRegistration, type Registration } from "./registration";
import { runSandbox, type RunningSandbox } from "./running-sandbox";

/** The sandbox inside this process. */
export type OwnState =
  | { is: "stopped" }
  | { is: "starting" }
  | { is: "running"; sandbox: RunningSandbox }
  | { is: "failed"; error: AppError };

export interface OwnSandbox {
  state(): OwnState;
  /** The one that runs or is starting; null where there is none. Waits for a start at hand. */
  current(): Promise<RunningSandbox | null>;
  /** Starts it where it does not run. @throws AppError why it does not start */
  start(): Promise<RunningSandbox>;
  /** @param byHand whether to leave word that a person did it */
  stop(byHand: boolean): Promise<void>;
}

interface OwnOptions {
  profileFolder: string;
  thread: DatabaseThread;
  /** Whether other processes of the profile may use it: those that live long say so, short ones do not. */
  registers: boolean;
  /** Whether its state is empty and lies in memory, instead of being the profile's. */
  inMemory: boolean;
  port(): number;
  report(problem: string): void;
  onChange(): void;
  onGuestsChanged(refs: string[], all: boolean): void;
}

const toAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError({
        code: "INTERNAL",
        message: `The sandbox did not start: ${error instanceof Error ? error.message : String(error)}`,
        hint: "Start it again; if that stays so, restart Bellhop.",
      });

export const createOwnSandbox = (options: OwnOptions): OwnSandbox => {
  const { profileFolder, thread, registers, inMemory, report, onChange, onGuestsChanged } = options;
  let state: OwnState = { is: "stopped" };
  let starting: Promise<RunningSandbox> | null = null;
  let registration: Registration | null = null;

  const change = (next: OwnState): void => {
    state = next;
    onChange();
  };

  const register = async (url: string, instance: string, stoppedByHand: boolean): Promise<void> => {
    if (!registers) return;
    registration = { url, instance, pid: process.pid, startedAt: new Date().toISOString(), stoppedByHand };
    await writeRegistration(profileFolder, registration).catch((error: unknown) => {
      report(`Other processes will not find the sandbox: ${String(error)}`);
    });
  };

  const run = async (): Promise<RunningSandbox> => {
    change({ is: "starting" });
    try {
      const port = options.port();
      const file = inMemory ? ":memory:" : join(profileFolder, "sandbox.db");
      const sandbox = await runSandbox({
        thread,
        file,
        config: await readKeptConfig(profileFolder, report),
        keepConfig: async (config) => {
          const notKept = await keepConfig(profileFolder, config);
          onChange();
          return notKept;
        },
        host: "127.0.0.1",
        port,
        report,
        onGuestsChanged,
      });
      if (port !== 0 && sandbox.port !== port) {
        report(`Port ${port} is taken, so the sandbox listens on ${sandbox.port}.`);
      }
      await register(sandbox.url, sandbox.instance, false);
      change({ is: "running", sandbox });
      return sandbox;
    } catch (error) {
      const reason = toAppError(error);
      change({ is: "failed", error: reason });
      throw reason;
    } finally {
      starting = null;
    }
  };

  const start = (): Promise<RunningSandbox> => {
    if (state.is === "running") return Promise.resolve(state.sandbox);
    starting ??= run();
    return starting;
  };

  const current = async (): Promise<RunningSandbox | null> => {
    if (starting) return starting.catch(() => null);
    return state.is === "running" ? state.sandbox : null;
  };

  return {
    state: () => state,
    current,
    start,
    async stop(byHand) {
      const sandbox = await current();
      // From here on nobody is given its address.
      state = { is: "stopped" };
      const url = sandbox?.url ?? `http://127.0.0.1:${options.port()}`;
      if (byHand) await register(url, sandbox?.instance ?? randomUUID(), true);
      else if (registration) await removeRegistration(profileFolder, registration);
      await sandbox?.close();
      onChange();
    },
  };
};
