const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "" && part !== ".");

/** A file as the scenario beside it names it, as the workspace names it. Slashes in, slashes out. */
export const inWorkspace = (scenario: string, file: string): string => {
  const at = partsOf(scenario).slice(0, -1);
  const absolute = scenario.startsWith("/") ? "/" : "";
  for (const part of partsOf(file)) {
    if (part === ".." && at.length > 0 && at.at(-1) !== "..") at.pop();
    else at.push(part);
  }
  return absolute + at.join("/");
};

/** A file of the workspace as the scenario names it: relative to the scenario's own folder. */
export const besideScenario = (scenario: string, file: string): string => {
  const [from, to] = [partsOf(scenario).slice(0, -1), partsOf(file)];
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
};
