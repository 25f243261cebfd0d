import { randomUUID } from "node:crypto";
import { relative, sep } from "node:path";
import type { CheckedInputOf, OutputOf } from "../../../../shared/contract/commands";
import { AppError } from "../../../../shared/contract/errors";
import type { Environment } from "../../../../shared/model/environment";
import type { RunSummary } from "../../../../shared/model/run";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import type { EnvironmentsService } from "../../environments/environments-service";
import type { Host } from "../../host";
import type { Notifications } from "../../notifications";
import { writeClock } from "../../sandbox/control-client";
import type { SandboxService } from "../../sandbox/sandbox-service";
import type { RunSends, RunTarget } from "../../sender/run-sends";
import type { TrustedFolders } from "../files/trusted-folders";
import { isBelow, realPathOf } from "../files/scenario-paths";
import { workspaceOf } from "../files/workspace-of";
import { loadScenario } from "../load/load-scenario";
import type { Plan } from "../plan";
import type { RunListener } from "../run-results";
import type { RunWrites } from "../runs/run-writes";
import { breakpointsOf, compilePlan, hasStep } from "./compile-plan";
import { createSandboxLook, createTenantLook } from "./guest-look";
import { playRun, type PlayedRun } from "./play-run";
import type { Beginning, RunContext } from "./run-context";
import { createRunOutlet } from "./run-outlet";
import { decideSettings, randomSeed } from "./run-settings";
import type { StepStates } from "./step-states";

export interface EngineParts {
  host: Pick<Host, "workspaceFolder" | "sandbox" | "report">;
  environments: Pick<EnvironmentsService, "get">;
  runSends: RunSends;
  sandbox: Pick<SandboxService, "ensureRunning" | "runningAddress">;
  notifications: Pick<Notifications, "say">;
  writes: RunWrites;
  states: StepStates;
  trusted: Pick<TrustedFolders, "isTrusted">;
  listeners: ReadonlySet<RunListener>;
}

type Start = CheckedInputOf<"runs.start">;
type Started = { run: PlayedRun; target: RunTarget } | Extract<OutputOf<"runs.start">, { refused: unknown }>;

/** Runs of one file that are kept. */
const keptRuns = 50;

/**
 * An event that its catalog calls invalid and an expectation that can never hold are said last, behind credential and
 * consent (interface "Command line", exit codes); so are hints that come with them.
 */
const isSaidLast = ({ code, severity }: ScenarioIssue): boolean =>
  code.startsWith("event-") || code === "wrong-matcher" || severity !== "error";

const unknownStep = (plan: Plan, number: string, field: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `${plan.path} has no step ${number}.`,
    hint: "The file may have changed since it was shown: look at it again.",
    field,
  });

const checkNumbers = (plan: Plan, { until, from }: Start): void => {
  if (until !== undefined && !hasStep(plan, until)) throw unknownStep(plan, until, "/until");
  if (from && !hasStep(plan, from.step)) throw unknownStep(plan, from.step, "/from/step");
};

/** Starts runs: checks everything that needs no sending, asks whether the target may be used, and begins. */
export const createRunStarter = (parts: EngineParts) => {
  const { host, environments, runSends, sandbox, notifications, writes, states, trusted, listeners } = parts;
  const origin: RunSummary["origin"] = host.sandbox === "with-window" ? "window" : "cli";

  const load = async ({ path, options }: Start, environment: Environment, drawnSeed: string) =>
    loadScenario({
      workspace: await workspaceOf(host.workspaceFolder, path),
      file: path,
      ...{ options, environment, drawnSeed },
      ...(options.allowPaths && { allowPaths: options.allowPaths }),
    });

  const advanceClock = async (by: string): Promise<string> =>
    (await writeClock(await sandbox.runningAddress(), { advance: by })).now;

  /** What is kept to play from a step on later: of what a person looks at, step by step. */
  const keepStateOf = (id: string, target: RunTarget): RunContext["keepState"] => {
    const { isSandbox } = target;
    return (key, changed, state) => states.keep({ id, key, changed, isSandbox, state, target });
  };

  /** Somebody else's file that a window was opened on goes to the sandbox only. */
  const checkTrust = async ({ path, file }: Plan, { isSandbox, environment }: RunTarget): Promise<void> => {
    if (origin === "cli" || isSandbox || (await trusted.isTrusted(file))) return;
    throw new AppError({
      code: "FORBIDDEN",
      message: `${path} lies outside this workspace, so it may run on the sandbox only, not on ${environment.name}.`,
      hint: "Trust its folder if you know who wrote it.",
      field: "/environment",
    });
  };

  return {
    /** @throws AppError as `runs.start` says */
    async start(input: Start): Promise<Started> {
      const { options, from } = input;
      const found = await environments.get(input.environment);
      const { transport } = options;
      const environment = transport === undefined ? found : { ...found, transport };
      // Drawn before the checks, so that what they rehearse is what the run will send.
      const drawnSeed = randomSeed();
      const loaded = await load(input, environment, drawnSeed);
      if ("issues" in loaded && !loaded.issues.every(isSaidLast)) return { refused: loaded.issues };
      const { production } = input;
      const target = await runSends.admit(input.environment, {
        ...(transport !== undefined && { transport }),
        ...(production !== undefined && { production }),
      });
      if ("issues" in loaded) return { refused: loaded.issues };
      const { plan } = loaded;
      checkNumbers(plan, input);
      await checkTrust(plan, target);
      // With the seed of the run that it goes on from, what is drawn later is what was drawn there.
      const earlier = from?.runId === undefined ? {} : { seed: await states.seedOf(from.runId) };
      const settings = decideSettings(plan, { ...earlier, ...options }, target.isSandbox, drawnSeed);

      const id = randomUUID();
      const isWatched = origin === "window" && settings.iterations === 1;
      const beginning: Beginning | null = from ? await states.beginAt(from, target) : null;
      const compiled = await compilePlan(plan);
      const root = await realPathOf(host.workspaceFolder);
      const head = {
        id,
        // Of a file elsewhere the whole path: its place in a workspace of its own may be that of a file here.
        path: isBelow(root, plan.file) ? relative(root, plan.file).replaceAll(sep, "/") : plan.file,
        workspace: host.workspaceFolder,
        name: plan.name,
        environment: input.environment,
        origin,
        startedAt: new Date().toISOString(),
        seed: settings.seed,
        now: options.now ?? null,
        concurrency: settings.concurrency,
        plannedIterations: settings.iterations,
        plannedSteps: settings.plannedSteps,
      };
      const breakpoints = input.breakpoints === true ? breakpointsOf(plan) : [];
      const run = playRun(
        {
          head,
          plan: compiled,
          settings,
          target,
          guests: target.isSandbox
            ? createSandboxLook(() => sandbox.runningAddress())
            : createTenantLook(target),
          outlet: createRunOutlet({ id, writes, notifications, listeners }),
          watch: isWatched && target.isSandbox,
          beginning,
          advanceClock: target.isSandbox ? advanceClock : null,
          keepState: isWatched && !settings.dryRun ? keepStateOf(id, target) : null,
          gate: { breakpoints, paused: input.paused === true, until: input.until },
          begin: async (summary) => {
            await writes.begin(summary);
            await states.takeOver(summary, from?.runId);
            await writes.prune(host.workspaceFolder, head.path, keptRuns);
          },
        },
        (problem) => host.report(problem),
      );
      return { run, target };
    },
  };
};
