import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Environment } from "../../../../shared/model/environment";
import type { RunOptions } from "../../../../shared/model/run";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import type { Plan } from "../plan";
import { loadScenario } from "./load-scenario";

export const sandbox: Environment = {
  name: "sandbox",
  colour: "teal",
  baseUrl: "http://127.0.0.1:4680",
  transport: "spec",
  catalog: "spec",
  channel: "WEB",
  pos: "bellhop",
  currency: "EUR",
  language: "EN",
  production: false,
  vars: { tenant: "T1" },
};

/** Issues as `file:line:column message hint`. */
export const inWords = (issues: readonly ScenarioIssue[]): string[] =>
  issues.map(({ file, line, column, message, hint = "" }) =>
    `${file}:${line}:${column} ${message} ${hint}`.trim(),
  );

/** A temporary workspace of a test's own, and what loading its `main.scenario.yaml` gives. */
export const useScenariosOnDisk = () => {
  let root = "";
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "bellhop-load-")));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const write = async (path: string, text: string | Uint8Array): Promise<string> => {
    const file = join(root, "workspace", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  };
  const load = async (
    steps: string,
    {
      head = "",
      options = {},
      environment = sandbox,
    }: { head?: string; options?: RunOptions; environment?: Environment } = {},
  ) => {
    await write("main.scenario.yaml", `bellhop: 1\n${head}steps:\n${steps}\n`);
    return loadScenario({
      workspace: join(root, "workspace"),
      file: "main.scenario.yaml",
      options,
      environment,
    });
  };
  type Load = Parameters<typeof load>;

  return {
    workspace: () => join(root, "workspace"),
    root: () => root,
    write,
    /** The plan; fails the test where there is none. */
    async plan(...input: Load): Promise<Plan> {
      const loaded = await load(...input);
      if ("plan" in loaded) return loaded.plan;
      throw new Error(inWords(loaded.issues).join("\n"));
    },
    /** What is wrong; a scenario that can be played has nothing. */
    async issues(...input: Load): Promise<string[]> {
      const loaded = await load(...input);
      return inWords("plan" in loaded ? loaded.warnings : loaded.issues);
    },
  };
};
