import { AppError } from "../../../../shared/contract/errors";
import type { CheckedInputOf } from "../../../../shared/contract/commands";
import type { EnvironmentsService } from "../../environments/environments-service";
import type { LogService } from "../../log/log-service";
import { editScenario } from "../edit/edit-scenario";
import { emptyScenario } from "./empty-scenario";
import { scenarioOfEntries } from "./scenario-of-entries";
import { templateText } from "./scenario-templates";

type Creating = CheckedInputOf<"scenarios.create">;

interface CreateParts {
  log: Pick<LogService, "detail">;
  environments: Pick<EnvironmentsService, "list">;
}

const unknownTemplate = (id: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `There is no template ${JSON.stringify(id)}.`,
    hint: "Choose one of the gallery.",
    field: "/from/id",
  });

/** Writes the text of a new scenario. */
export const createScenarioTexts = ({ log, environments }: CreateParts) => {
  const ofEntries = async (name: string, ids: readonly string[]): Promise<string> => {
    const known = new Map((await environments.list()).map((one) => [one.name, one]));
    const entries = await Promise.all([...new Set(ids)].map((id) => log.detail(id)));
    return scenarioOfEntries(name, entries, (environment) => known.get(environment) ?? {});
  };

  /** @throws AppError NOT_FOUND for an unknown template or entry, INVALID_INPUT */
  return async ({ name, from }: Pick<Creating, "name" | "from">): Promise<string> => {
    if (from.kind === "empty") return emptyScenario(name);
    if (from.kind === "entries") return ofEntries(name, from.ids);
    const text = templateText(from.id);
    if (text === undefined) throw unknownTemplate(from.id);
    return editScenario(text, [{ op: "setHead", key: "name", value: name }]);
  };
};
