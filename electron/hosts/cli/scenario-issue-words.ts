import type { ScenarioIssue } from "../../../shared/model/scenario";
import { printable, type Output } from "./output";

const tones = { error: "bad", warning: "warn", info: "quiet" } as const;

/** An issue of a scenario: its severity, file, line and column, what is wrong, and on a line of its own the way out. */
export const scenarioIssueWords = (tint: Output["tint"], issue: ScenarioIssue): string => {
  const { severity, file, line, column, message, hint } = issue;
  const place = `${file}, line ${line}, column ${column}`;
  const way = hint === undefined ? "" : `\n    ${tint("quiet", printable(hint))}`;
  return `  ${tint(tones[severity], severity)} ${printable(`${place}: ${message}`)}${way}`;
};
