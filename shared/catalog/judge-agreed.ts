import type { StreamEvent } from "../model/event";
import type { Issue } from "../model/verdict";

interface AgreedField {
  name: string;
  consequence: string;
}

/** Sitecore's troubleshooting page: 400 without browser id or type; 201 and nothing more where the pos is wrong. */
const agreedFields: readonly AgreedField[] = [
  { name: "type", consequence: "The API answers 400 without it." },
  { name: "browser_id", consequence: "The guest context supplies it. The API answers 400 without it." },
  {
    name: "pos",
    consequence: "Write it, or set it in the environment. The API answers 201 and the event is lost.",
  },
];

/** The issues of an event by what every source agrees on, for where there is no schema. */
export const judgeByAgreement = (event: StreamEvent): Issue[] => {
  const issues: Issue[] = [];
  for (const { name, consequence } of agreedFields) {
    const value = Object.hasOwn(event, name) ? event[name] : undefined;
    if (typeof value === "string" && value.trim() !== "") continue;
    issues.push({
      severity: "error",
      ...wordsFor(name, value),
      path: `/${name}`,
      hint: consequence,
      catalog: "sitecore",
      certainty: "documented",
    });
  }
  return issues;
};

const wordsFor = (name: string, value: StreamEvent[string] | undefined): Pick<Issue, "code" | "message"> => {
  if (value === undefined || value === null)
    return { code: "missing-field", message: `/${name} is missing.` };
  return typeof value === "string"
    ? { code: "empty-field", message: `/${name} must not be empty.` }
    : { code: "wrong-type", message: `/${name} must be a string.` };
};
