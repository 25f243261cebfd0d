import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import { nearestOf } from "../../../shared/catalog/nearest-name";
import { isBuiltInName, toEnvironment } from "../../../shared/workspace";
import { dropEnvironment, putEnvironment } from "../workspace/edit-workspace";
import type { WorkspaceFileStore } from "../workspace/workspace-file";
import { checkEnvironment, noEnvironment, withoutEmpty } from "./check-environment";

/** The environments that stand in the workspace's file. */
export interface WorkspaceEnvironments {
  /** @throws AppError WORKSPACE_INVALID */
  list(): Promise<Environment[]>;
  /** What the file names as default; null where it names none. @throws AppError WORKSPACE_INVALID */
  defaultName(): Promise<string | null>;
  /**
   * Adds an environment, or changes the one called `replaces`.
   * @throws AppError CONFLICT, INVALID_INPUT, NOT_FOUND, WORKSPACE_INVALID
   */
  save(environment: Environment, replaces?: string): Promise<void>;
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

export const createWorkspaceEnvironments = (file: WorkspaceFileStore): WorkspaceEnvironments => ({
  async list() {
    const { environments = {} } = await file.read();
    return Object.entries(environments).map(([name, fields]) => toEnvironment(name, fields));
  },
  async defaultName() {
    return (await file.read()).defaultEnvironment ?? null;
  },
  async save(given, replaces) {
    const environment = withoutEmpty(given);
    if (replaces !== undefined && isBuiltInName(replaces)) throw builtInStays(replaces);
    checkEnvironment(environment);
    await file.edit((document, { environments = {} }) => {
      const names = Object.keys(environments);
      if (replaces !== undefined && !names.includes(replaces)) throw notThere(replaces, names);
      if (environment.name !== replaces && names.includes(environment.name)) throw taken(environment.name);
      putEnvironment(document, environment, replaces);
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
