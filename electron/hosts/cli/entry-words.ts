import { summarise } from "../../../shared/catalog/catalog";
import type { Entry } from "../../../shared/model/entry";
import type { Issue } from "../../../shared/model/verdict";
import { printable, type Output, type Tone } from "./output";

const severityTone = { error: "bad", warning: "warn", info: "quiet" } as const;

const outcome = (entry: Entry): { tone: Tone; words: string } => {
  if (entry.state === "pending") return { tone: "quiet", words: "waiting" };
  if (entry.error) return { tone: "bad", words: entry.error.code };
  const status = entry.response?.status ?? 0;
  const { ingestion } = entry.verdict;
  const words = ingestion === "unknown" ? String(status) : `${status} ${ingestion}`;
  if (status > 299 || ingestion === "failed") return { tone: "bad", words };
  return { tone: ingestion === "dropped" ? "warn" : "ok", words };
};

/** One entry as one line: time, environment, type, status and ingestion, total time, what it is about. */
export const entryWords = (output: Output, entry: Entry): string => {
  const { tone, words } = outcome(entry);
  const total = entry.timings.total === null ? "" : `${entry.timings.total.toFixed(1)} ms`;
  return [
    output.tint("quiet", entry.at.slice(11, 23)),
    printable(entry.environment),
    output.tint("strong", printable(entry.type)),
    output.tint(tone, words),
    output.tint("quiet", total),
    printable(summarise(entry.event)),
  ]
    .filter(Boolean)
    .join("  ");
};

/** One issue as one line: `error /email must be an e-mail address: the domain has no dot.` */
export const issueWords = (output: Output, issue: Issue): string => {
  const hint = issue.hint ? ` ${output.tint("quiet", printable(issue.hint))}` : "";
  return `${output.tint(severityTone[issue.severity], issue.severity)} ${printable(issue.message)}${hint}`;
};
