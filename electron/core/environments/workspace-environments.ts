import { isDeepStrictEqual } from "node:util";
import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import { nearestOf } from "../../../shared/catalog/nearest-name";
import { isBuiltInName, toEnvironment, type WorkspaceFile } from "../../../shared/workspace";
import { dropEnvironment, putEnvironment } from "../workspace/edit-workspace";
import type { WorkspaceFileStore } from "../workspace/workspace-file";
import { checkEnvironment, noEnvironment, withoutEmpty } from "./check-environment";

export interface OwnEnvironments {
  environments: Environment[];
  /** What the file names as default; null where it names none. */
  defaultName: string | null;
  /** Why the file cannot be read now. */
  problem: AppError | null;
  /** Whether `environments` is what the file said at some time, and not merely nothing. */
  isKnown: boolean;
}

/** An environment to be added; or, with what is `expected` under its name, to be replaced. */
export interface MergeItem {
  environment: Environment;
  expected?: Environment | undefined;
}

/** The environments that stand in the workspace's file. */
export interface WorkspaceEnvironments {
  /** While the file is broken: what it said when it could last be read. */
  state(): Promise<OwnEnvironments>;
  /**
   * Adds an environment, or changes the one called `replaces`.
   * @param expected what it was when the change was begun; where the file says something else by now, nothing is written
   * @throws AppError CONFLICT, INVALID_INPUT, NOT_FOUND, WORKSPACE_INVALID
   */
  save(environment: Environment, replaces?: string, expected?: Environment): Promise<void>;
  /** Adds and replaces several: all, or none. @throws AppError as `save` does */
  merge(items: readonly MergeItem[]): Promise<void>;
  /** @throws AppError CONFLICT for a built-in one, NOT_FOUND, WORKSPACE_INVALID */
  remove(name: string): Promise<void>;
}

const builtInStays = (name: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `${name} is built in: it can be neither changed nor removed.`,
    hint: "Copy it under another name, and change the copy.",
  });

const taken = (name: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `The workspace already has an environment ${name}.`,
    hint: "Choose another name.",
    field: "/environment/name",
  });

const notThere = (name: string, names: string[]): AppError =>
  noEnvironment(name, names, nearestOf(names)(name));

const changedMeanwhile = (name: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `${name} was changed in the workspace's file meanwhile.`,
    hint: "Look at what it is now, and decide again.",
    field: "/expected",
  });

type InFile = NonNullable<WorkspaceFile["environments"]>;

/** @throws AppError CONFLICT where the file says something else of an environment than who changes it believes */
const checkExpected = (name: string, environments: InFile, expected: Environment | undefined): void => {
  const fields = environments[name];
  if (expected === undefined || fields === undefined) return;
  if (!isDeepStrictEqual(withoutEmpty(toEnvironment(name, fields)), withoutEmpty({ ...expected, name })))
    throw changedMeanwhile(name);
};

export const createWorkspaceEnvironments = (file: WorkspaceFileStore): WorkspaceEnvironments => ({
  async state() {
    const { content, problem } = await file.state();
    const own = Object.entries(content?.environments ?? {});
    return {
      environments: own.map(([name, fields]) => toEnvironment(name, fields)),
      defaultName: content?.defaultEnvironment ?? null,
      problem,
      isKnown: content !== null,
    };
  },
  async save(given, replaces, expected) {
    const environment = withoutEmpty(given);
    if (replaces !== undefined && isBuiltInName(replaces)) throw builtInStays(replaces);
    checkEnvironment(environment);
    await file.edit((document, { environments = {} }) => {
      const names = Object.keys(environments);
      if (replaces !== undefined && !names.includes(replaces)) throw notThere(replaces, names);
      if (environment.name !== replaces && names.includes(environment.name)) throw taken(environment.name);
      if (replaces !== undefined) checkExpected(replaces, environments, expected);
      putEnvironment(document, environment, replaces);
    });
  },
  async merge(items) {
    const all = items.map(({ environment, expected }) => ({
      environment: withoutEmpty(environment),
      expected,
    }));
    for (const { environment } of all) checkEnvironment(environment);
    await file.edit((document, { environments = {} }) => {
      const names = new Set(Object.keys(environments));
      for (const { environment, expected } of all) {
        const { name } = environment;
        if (expected === undefined && names.has(name)) throw taken(name);
        // It was there when the person chose to replace it, and may have been removed since.
        if (expected !== undefined && !names.has(name)) throw changedMeanwhile(name);
        checkExpected(name, environments, expected);
        names.add(name);
        putEnvironment(document, environment, expected === undefined ? undefined : name);
      }
    });
  },
  async remove(name) {
    if (isBuiltInName(name)) throw builtInStays(name);
    await file.edit((document, { environments = {} }) => {
      if (!Object.hasOwn(environments, name)) throw notThere(name, Object.keys(environments));
      dropEnvironment(document, name);
    });
  },
});
