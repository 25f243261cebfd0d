import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ScenarioIssue, ScenarioStep, StepKind } from "../../../../shared/model/scenario";
import type { PlannedFragment } from "../plan";
import { kindsOf } from "./check-shape";
import { describeStep } from "./describe-step";
import type { LoadedFile, LoadedStep } from "./loaded";
import { withShape } from "./read-scenario";
import { largestFile, readSource } from "./read-source";
import { FileProblem, type AllowedFile, type ScenarioFiles } from "./scenario-files";
import { issueAt, type Path, type ScenarioSource } from "./scenario-source";

/** Files inside one another (interface "Scenario files", limits). */
const deepestUse = 20;

/** Steps of all files together: twenty files that each use the next one twice would be a million. */
const mostSteps = 50_000;

const namesOf = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** What is known of a file's text, kept so that a fragment that is used often is read once. */
interface ReadFile {
  source: ScenarioSource;
  folder: string;
}

export interface StepsLoader {
  /** @param stack real paths of the files that lead here, this one the last */
  load(file: ReadFile, stack: readonly string[], prefix: string): Promise<LoadedFile>;
  /** Reads a text as a file's, and keeps what is wrong with it. Null where it cannot be read at all. */
  read(text: string, name: string, folder: string): ReadFile | null;
  issues: ScenarioIssue[];
}

/** Loads the steps of a scenario, and those of the files that it uses. */
export const createStepsLoader = (files: ScenarioFiles): StepsLoader => {
  const issues: ScenarioIssue[] = [];
  const known = new Map<string, ReadFile | null>();
  const found = new Map<string, AllowedFile>();
  let count = 0;

  const read: StepsLoader["read"] = (text, name, folder) => {
    const { source, issues: flaws } = readSource(text, name);
    issues.push(...(source === null ? flaws : withShape(source, flaws)));
    return source === null ? null : { source, folder };
  };

  const findUsed = async (written: string, folder: string): Promise<AllowedFile> => {
    const key = JSON.stringify([folder, written]);
    const file = found.get(key) ?? (await files.find(written, folder));
    found.set(key, file);
    return file;
  };

  const readUsed = async (file: AllowedFile): Promise<ReadFile | null> => {
    const before = known.get(file.real);
    if (before !== undefined) return before;
    const used = read(await files.read(file, largestFile), file.name, file.folder);
    known.set(file.real, used);
    return used;
  };

  const loadUsed = async (
    written: string,
    { source, folder }: ReadFile,
    path: Path,
    stack: readonly string[],
    prefix: string,
  ): Promise<LoadedFile | null> => {
    const fail = (code: string, message: string, hint?: string): null => {
      const place = [...path, "use"];
      issues.push(issueAt(source, place, source.placeOf(place), { code, message, hint }));
      return null;
    };
    if (written.includes("{{")) {
      return fail(
        "template-in-use",
        "use cannot be a template.",
        "Files are read before anything is filled in.",
      );
    }
    try {
      const file = await findUsed(written, folder);
      if (stack.includes(file.real)) {
        const circle = [...stack.slice(stack.indexOf(file.real)), file.real].map(files.nameOf);
        return fail(
          "circle",
          `${written} uses itself: ${circle.join(" → ")}.`,
          "Take one of these steps out.",
        );
      }
      if (stack.length >= deepestUse) {
        return fail("too-deep", `Files use one another more than ${deepestUse} levels deep.`);
      }
      const used = await readUsed(file);
      if (used === null) return fail("broken-file", `${written} cannot be used: it is not readable as YAML.`);
      return await load(used, [...stack, file.real], prefix);
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      return fail(
        "no-file",
        `${written} ${error.message}.`,
        "A used file is named relative to the file that uses it.",
      );
    }
  };

  const fragmentOf = ({ source, content }: LoadedFile, given: JsonObject): PlannedFragment => ({
    path: source.path,
    params: namesOf(content["params"]),
    returns: namesOf(content["returns"]),
    // What `use` gives wins over the fragment's own.
    vars: Object.fromEntries(
      Object.entries(mapOf(content["vars"])).filter(([name]) => !Object.hasOwn(given, name)),
    ),
    defaults: mapOf(content["defaults"]),
  });

  const loadStep = async (
    step: JsonObject,
    kind: StepKind,
    file: ReadFile,
    path: Path,
    stack: readonly string[],
    number: string,
  ): Promise<LoadedStep> => {
    const written = step["use"];
    const used =
      kind === "use" && typeof written === "string"
        ? await loadUsed(written, file, path, stack, `${number}.`)
        : null;
    const children =
      kind === "repeat" ? await loadSteps(step["steps"], file, [...path, "steps"], stack, `${number}.`) : [];
    const { line, column } = file.source.placeOf(path);
    const own = describeStep(kind, step).title;
    const usedName = used?.content["name"];
    return {
      planned: {
        number,
        kind,
        id: typeof step["id"] === "string" ? step["id"] : number,
        title:
          kind === "use" && typeof step["name"] !== "string" && typeof usedName === "string" ? usedName : own,
        step: step as unknown as ScenarioStep,
        place: { file: file.source.path, line, column },
        children: (used?.steps ?? children).map(({ planned }) => planned),
        fragment: used === null ? null : fragmentOf(used, mapOf(step["vars"])),
      },
      source: file.source,
      path,
      children,
      used,
    };
  };

  const tooMany = ({ source }: ReadFile, path: Path): void => {
    if (count !== mostSteps + 1) return;
    const message = `With the files that it uses, the scenario has more than ${mostSteps} steps.`;
    const hint = "Use repeat where steps are played again.";
    issues.push(issueAt(source, path, source.placeOf(path), { code: "too-many-steps", message, hint }));
  };

  /** Steps that have not exactly one kind are left out: their marks say so. */
  const loadSteps = async (
    steps: JsonValue | undefined,
    file: ReadFile,
    path: Path,
    stack: readonly string[],
    prefix: string,
  ): Promise<LoadedStep[]> => {
    const loaded: LoadedStep[] = [];
    for (const [index, step] of (Array.isArray(steps) ? steps : []).entries()) {
      const kinds = isJsonObject(step) ? kindsOf(step) : [];
      const [kind] = kinds;
      if (!isJsonObject(step) || kind === undefined || kinds.length > 1) continue;
      count += 1;
      if (count > mostSteps) {
        tooMany(file, [...path, index]);
        break;
      }
      loaded.push(await loadStep(step, kind, file, [...path, index], stack, `${prefix}${index + 1}`));
    }
    return loaded;
  };

  const load: StepsLoader["load"] = async (file, stack, prefix) => {
    const content = mapOf(file.source.value);
    return {
      source: file.source,
      content,
      steps: await loadSteps(content["steps"], file, ["steps"], stack, prefix),
    };
  };

  return { load, read, issues };
};
