import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { CommandName, InputOf, OutputOf } from "../../../shared/contract/commands";
import type { ErrorData } from "../../../shared/contract/errors";
import type { Notification } from "../../../shared/contract/messages";
import type { Environment } from "../../../shared/model/environment";
import { hasEnded, type RunOptions, type RunSummary, type StepResult } from "../../../shared/model/run";
import { createCore } from "../create-core";
import type { Host } from "../host";

type Start = InputOf<"runs.start">;

interface Given {
  /** A window plays interactively, and watches. */
  sandbox?: Host["sandbox"];
  variables?: Record<string, string>;
  /** The folder of an earlier core of the same test. */
  folder?: string;
}

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-played-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** A real core on a temporary workspace, with its sandbox, and what a test does with scenarios on it. */
export const openRuns = async ({ sandbox = "on-demand", variables = {}, folder: given }: Given = {}) => {
  const folder = given ?? (await newFolder());
  const problems: string[] = [];
  const core = await createCore({
    version: "1.2.3",
    profileFolder: join(folder, "profile"),
    workspaceFolder: folder,
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables,
    fallbackCipher: async () => null,
    sandbox,
    report(problem) {
      // Another sandbox may run on this machine.
      if (!/^Port \d+ is taken/.test(problem)) problems.push(problem);
    },
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await core.close();
    open = false;
  };
  onTestFinished(close);
  const said: Notification[] = [];
  core.notifications.listen((notification) => said.push(notification));

  const call = async <C extends CommandName>(command: C, input: InputOf<C>): Promise<OutputOf<C>> => {
    const answer = await core.call(command, input);
    if (!answer.ok) throw new Error(`${command}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  };

  const write = async (path: string, text: string): Promise<string> => {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return path;
  };

  /** Waits until a run is as wanted. */
  const until = (id: string, isWanted: (run: RunSummary) => boolean): Promise<RunSummary> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        call("runs.read", { id }).then((run) => {
          if (!isWanted(run)) return;
          stop();
          resolve(run);
        }, reject);
      };
      const stop = core.notifications.listen(({ notification }) => {
        if (notification === "runs.changed" || notification === "runs.progressed") look();
      });
      look();
    });

  const stepsOf = async (id: string): Promise<StepResult[]> =>
    (await call("runs.steps", { id, offset: 0, limit: 1000 })).steps;

  const start = async (path: string, change: Partial<Start> = {}): Promise<RunSummary> => {
    const started = await call("runs.start", { path, environment: "sandbox", options: {}, ...change });
    if ("refused" in started) throw new Error(JSON.stringify(started.refused));
    return started.run;
  };

  return {
    ...{ core, folder, problems, said, call, write, until, stepsOf, start, close },
    /** The error of a command, or a failed test. */
    async fails<C extends CommandName>(command: C, input: InputOf<C>): Promise<ErrorData> {
      const answer = await core.call(command, input);
      if (answer.ok) throw new Error(`${command} did not fail: ${JSON.stringify(answer.value)}`);
      return answer.error;
    },
    ended: (id: string) => until(id, ({ state }) => hasEnded(state)),
    /** Plays a scenario's text to its end. */
    async play(
      text: string,
      options: RunOptions = {},
      change: Partial<Start> = {},
    ): Promise<{ run: RunSummary; steps: StepResult[] }> {
      const path = await write("scenarios/played.scenario.yaml", `bellhop: 1\nname: Played\n${text}`);
      const { id } = await start(path, { options, ...change });
      const run = await until(id, ({ state }) => hasEnded(state));
      return { run, steps: await stepsOf(id) };
    },
    /** Adds an environment of the workspace. */
    async addEnvironment(
      change: Partial<Environment> & Pick<Environment, "name" | "baseUrl">,
    ): Promise<void> {
      const environment: Environment = {
        ...{ colour: "blue", transport: "spec", catalog: "spec", channel: "WEB", pos: "bellhop" },
        ...{ currency: "EUR", language: "EN", production: false, vars: {} },
        ...change,
      };
      await call("environments.save", { environment });
    },
  };
};

export type OpenRuns = Awaited<ReturnType<typeof openRuns>>;
