import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import { findRepeatedKeys } from "../../files/repeated-keys";
import { issueAt, type IssueWords, type ScenarioSource } from "./scenario-source";

/** Marks of one kind in one file; more help nobody. */
const most = 50;

const at = (source: ScenarioSource, node: Node, words: IssueWords): ScenarioIssue => {
  const [start, end] = node.range ?? [0, 0];
  return issueAt(source, [], source.rangeOf(start, end), words);
};

/** The template that somebody wrote without quotes at an offset, up to its closing braces on the same line. */
const unquotedAt = (text: string, offset: number): string | null => {
  const [template] = /^\{\{[^\n]*?\}\}/.exec(text.slice(offset, offset + 500)) ?? [];
  return template ?? null;
};

const needsQuotes = (template: string): IssueWords => ({
  code: "unquoted-template",
  message: `${template} needs quotes: without them, YAML reads a map.`,
  hint: `Write "${template.replaceAll('"', "'")}".`,
});

const complexKey = (source: ScenarioSource, map: Node, key: Node): ScenarioIssue => {
  const template = unquotedAt(source.text, map.range?.[0] ?? 0);
  return template === null
    ? at(source, key, {
        code: "complex-key",
        message: "A key must be a text.",
        hint: "If this is to be a template, put quotes around it.",
      })
    : at(source, map, needsQuotes(template));
};

/** A number that YAML reads otherwise than a person does. */
const misread = ({ value, source }: Scalar): IssueWords | null => {
  if (typeof value !== "number" || source === undefined) return null;
  const quoted = `Put it in quotes: "${source}".`;
  if (!Number.isFinite(value)) {
    return { code: "not-json", message: `${source} is no value that an event can carry.`, hint: quoted };
  }
  if (/^[-+]?0\d/.test(source)) {
    const message = `YAML reads ${source} as the number ${value}.`;
    return { code: "misread-number", severity: "warning", message, hint: `If it is a text: ${quoted}` };
  }
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return null;
  const message = `${source} is larger than a number can be exactly, and becomes ${value}.`;
  return { code: "misread-number", severity: "warning", message, hint: quoted };
};

const inKey = (name: string): IssueWords => ({
  code: "template-in-key",
  message: `A key cannot be a template: ${name}.`,
  hint: "Templates stand in values only.",
});

const ofPair = (source: ScenarioSource, map: Node, { key }: Pair): ScenarioIssue[] => {
  if (isScalar(key)) {
    const name = String(key.value);
    return name.includes("{{") ? [at(source, key as Node, inKey(name))] : [];
  }
  return key === null || key === undefined ? [] : [complexKey(source, map, key as Node)];
};

/** What is YAML but says something else than its author meant, or nothing that JSON can say. */
export const findFlaws = (source: ScenarioSource): ScenarioIssue[] => {
  const issues: ScenarioIssue[] = [];
  const pending: unknown[] = [source.document.contents];
  while (pending.length > 0 && issues.length < most) {
    const node = pending.pop();
    if (isScalar(node)) {
      const words = misread(node);
      if (words !== null) issues.push(at(source, node as Node, words));
    } else if (isSeq(node)) {
      for (const item of node.items.toReversed()) pending.push(item);
    } else if (isMap(node)) {
      const found = node.items.flatMap((pair) => ofPair(source, node as Node, pair));
      issues.push(...found);
      // What is inside a template that was taken for a map says nothing more.
      if (!found.some(({ code }) => code === "unquoted-template")) {
        for (const { value } of node.items.toReversed()) pending.push(value);
      }
    }
  }
  const repeated = findRepeatedKeys(source.document.contents, most).map((key) =>
    at(source, key, {
      code: "repeated-key",
      message: `${String(key.value)} stands here a second time.`,
      hint: "Keep one of the two.",
    }),
  );
  return [...issues, ...repeated];
};

/** What to say of a syntax error: a template without quotes is the usual reason, and the parser's words don't say so. */
export const explainSyntax = (text: string, offset: number, message: string): IssueWords => {
  const start = text.lastIndexOf("\n", Math.max(offset - 1, 0)) + 1;
  const [line = ""] = text.slice(start, start + 2000).split("\n");
  const [, template] = /(?:[:,[-]\s+|^\s*)(\{\{[^"'\n]*?\}\})/.exec(line) ?? [];
  if (template !== undefined) {
    return {
      code: "unquoted-template",
      message: `${template} needs quotes, with all the text around it: without them, YAML reads a map.`,
      hint: `Write "${template}" with the quotes.`,
    };
  }
  return {
    code: "not-yaml",
    message: `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`,
    ...(/\t/.test(line.slice(0, line.search(/\S|$/))) && {
      hint: "YAML is indented with spaces, never with tabs.",
    }),
  };
};
