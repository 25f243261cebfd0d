import type { ScenarioIssue } from "../../../shared/model/scenario";
import { printable, type Output } from "./output";

const tones = { error: "bad", warning: "warn", info: "quiet" } as const;

/** An issue of a scenario as one line: its severity, `file:line:column`, what is wrong and the way out. */
export const scenarioIssueWords = (output: Pick<Output, "tint">, issue: ScenarioIssue): string => {
  const { severity, file, line, column, message, hint } = issue;
  const place = printable(`${file}:${line}:${column}`);
  const way = hint === undefined ? "" : ` ${output.tint("quiet", printable(hint))}`;
  return `${output.tint(tones[severity], severity)} ${place} ${printable(message)}${way}`;
};
