import type { InputOf } from "../../../shared/contract/commands";
import type { ImportedEnvironment } from "../../../shared/model/environment-exchange";

/** What becomes of an environment of the file: `keep` leaves what is here, `both` adds it under another name. */
export type ImportChoice = "add" | "keep" | "replace" | "both";

/** What can be chosen for one; nothing where the same is here already. */
export const choicesFor = ({
  present,
  changes,
}: ImportedEnvironment): { value: ImportChoice; label: string }[] => {
  if (present === null)
    return [
      { value: "add", label: "Add" },
      { value: "keep", label: "Leave out" },
    ];
  if (changes.length === 0) return [];
  return [
    { value: "keep", label: "Keep what is here" },
    { value: "replace", label: "Replace" },
    { value: "both", label: "Keep both" },
  ];
};

type Choices = Readonly<Record<string, ImportChoice>>;
type Items = InputOf<"environments.import">["items"];

const choiceOf = (item: ImportedEnvironment, choices: Choices): ImportChoice => {
  const chosen = choices[item.environment.name] ?? "keep";
  return choicesFor(item).some(({ value }) => value === chosen) ? chosen : "keep";
};

/** What is to be done, as the core wants it: what was chosen, and nothing for what stays. */
export const importItems = (
  items: readonly ImportedEnvironment[],
  choices: Choices,
  nameOfCopy: (name: string) => string,
): Items =>
  items.flatMap((item): Items => {
    const { environment, present } = item;
    const choice = choiceOf(item, choices);
    if (choice === "add") return [{ environment }];
    if (choice === "both") return [{ environment: { ...environment, name: nameOfCopy(environment.name) } }];
    return choice === "replace" && present !== null ? [{ environment, expected: present }] : [];
  });

/** `2 are added, 1 is replaced.` */
export const importWords = (items: readonly ImportedEnvironment[], choices: Choices): string => {
  const chosen = items.map((item) => choiceOf(item, choices));
  const added = chosen.filter((choice) => choice === "add" || choice === "both").length;
  const replaced = chosen.filter((choice) => choice === "replace").length;
  const part = (count: number, what: string): string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? "is" : "are"} ${what}`];
  const parts = [...part(added, "added"), ...part(replaced, "replaced")];
  return parts.length === 0 ? "Nothing is changed." : `${parts.join(", ")}.`;
};
