import { posix } from "node:path";

/** What the workspace's files are, by their names alone. */
export const scenarioEnding = ".scenario.yaml";

const dataEndings = [".csv", ".tsv", ".json", ".ndjson", ".jsonl"] as const;

/** Of others than scenarios: what tools keep in a folder. Bellhop's own message types are schemas, too. */
const noData = /(^|[/\\])(package|package-lock|tsconfig[^/\\]*|jsconfig)\.json$|\.schema\.json$/i;

export const isScenarioName = (path: string): boolean => path.toLowerCase().endsWith(scenarioEnding);

export const isDataName = (path: string): boolean =>
  dataEndings.some((ending) => path.toLowerCase().endsWith(ending)) && !noData.test(path);

/** A file's name without folders and ending. @param path with slashes */
export const plainName = (path: string): string => {
  const name = posix.basename(path);
  return isScenarioName(name)
    ? name.slice(0, -scenarioEnding.length)
    : name.slice(0, name.length - posix.extname(name).length) || name;
};
