import type { Environment } from "../../../../shared/model/environment";
import type { RunOptions } from "../../../../shared/model/run";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import type { DataFile } from "./data-file";
import { issueAt, type IssueWords, type Path, type ScenarioSource } from "./scenario-source";

/** What the checks know beside the files. */
export interface CheckContext {
  environment: Environment | null;
  options: RunOptions;
  /** What a run will draw from where neither its options nor the file say a seed. */
  drawnSeed: string;
  /** Null where there is none, `unreadable` where it has its own issue. */
  data: DataFile | "unreadable" | null;
  report: Report;
}

export interface Report {
  /** @param of what the mark goes under */
  add(source: ScenarioSource, path: Path, words: IssueWords, of?: "value" | "key" | { part: string }): void;
  issues: ScenarioIssue[];
}

/** More of one file help nobody, and a file of nothing but mistakes may have a hundred thousand. */
const most = 200;

/** Collects issues; a fragment that is used often is blamed once. */
export const createReport = (): Report => {
  const seen = new Set<string>();
  const issues: ScenarioIssue[] = [];
  return {
    issues,
    add(source, path, words, of = "value") {
      if (issues.length >= most) return;
      const range = typeof of === "string" ? source.placeOf(path, of) : source.placeOfPart(path, of.part);
      const issue = issueAt(source, path, range, words);
      const key = `${issue.file}:${issue.line}:${issue.column}:${issue.code}:${issue.message}`;
      if (seen.has(key)) return;
      seen.add(key);
      issues.push(issue);
    },
  };
};
