import * as v from "valibot";
import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";
import { isBuiltInName, workspaceFormat, workspaceSchema } from "../../../shared/workspace";

/** Without the optional fields that a form left empty. */
export const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== ""),
  ) as unknown as Environment;

/**
 * Holds an environment to what the workspace file may say, before it is written there.
 *
 * @throws AppError INVALID_INPUT with the field, CONFLICT for a built-in name
 */
export const checkEnvironment = ({ name, ...fields }: Environment): void => {
  if (isBuiltInName(name))
    throw new AppError({
      code: "CONFLICT",
      message: `${name} is built in and cannot be changed.`,
      hint: "Copy it under another name, and change the copy.",
      field: "/environment/name",
    });
  const result = v.safeParse(workspaceSchema, { bellhop: workspaceFormat, environments: { [name]: fields } });
  if (result.success) return;
  const [issue] = result.issues;
  const path = (issue.path ?? []).slice(2).map(({ key }) => String(key));
  throw new AppError({
    code: "INVALID_INPUT",
    message: `${path.join(".") || "The environment"} ${issue.message}.`,
    field: `/environment/${path.join("/")}`,
  });
};

/** @throws AppError NOT_FOUND that names what there is */
export const noEnvironment = (name: string, names: readonly string[], near: string | undefined): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `There is no environment ${JSON.stringify(name.slice(0, 64))}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    hint: `There are ${names.join(", ")}.`,
  });
