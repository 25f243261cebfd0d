import { AppError } from "../../../shared/contract/errors";
import { environmentChanges } from "../../../shared/environment-changes";
import type { Environment } from "../../../shared/model/environment";
import type {
  FieldChange,
  ImportedEnvironment,
  WithheldField,
} from "../../../shared/model/environment-exchange";
import { environmentKeys, toEnvironment } from "../../../shared/workspace";
import { parseWorkspace } from "../workspace/parse-workspace";
import { suspectSecrets } from "./suspect-secrets";

const refused = (message: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message,
    hint: 'It must be a file as Bellhop exports it, or a bellhop.yaml: "bellhop: 1" and "environments". Nothing was changed.',
    field: "/ticket",
  });

/** Whether a secret differs can be seen, but not what it is. */
const veil =
  (hidden: readonly WithheldField[]) =>
  (change: FieldChange): FieldChange => {
    const shown = (value: string | null): string | null => (value === null ? null : "***");
    return hidden.some(({ field }) => field === change.field)
      ? { ...change, before: shown(change.before), after: shown(change.after) }
      : change;
  };

/**
 * What importing a file would do, which is somebody else's input: it has the format of `bellhop.yaml`, and everything
 * that is refused there is refused here, built-in names too.
 *
 * @param file its name, for errors, and its text
 * @param present the workspace's own environments
 * @param masked what redaction makes of a text
 * @throws AppError INVALID_INPUT with line, column and field
 */
export const readEnvironments = (
  { name: fileName, text }: { name: string; text: string },
  present: readonly Environment[],
  masked: (text: string) => string,
): ImportedEnvironment[] => {
  const { content } = parseWorkspace(text, (where, problem) => refused(`${fileName}${where}: ${problem}.`));
  const found = Object.entries(content.environments ?? {});
  if (found.length === 0) throw refused(`${fileName} has no environments in it.`);
  return found.map(([name, fields]) => {
    const environment = toEnvironment(name, fields);
    const here = present.find((other) => other.name === name) ?? null;
    const suspects = suspectSecrets(environment, masked);
    const hidden = [...suspects, ...(here === null ? [] : suspectSecrets(here, masked))];
    return {
      environment,
      present: here,
      changes: here === null ? [] : environmentChanges(here, environment).map(veil(hidden)),
      ignored: Object.keys(fields)
        .filter((key) => !environmentKeys.includes(key))
        .map((key) => key.slice(0, 100)),
      suspects,
    };
  });
};
