/**
 * The common schema of CI servers, written down from the public description that Jenkins checks reports against
 * (junit-10.xsd of its xUnit plugin, which follows Ant and Surefire): for each element its attributes, its children
 * and whether text may stand in it.
 */
interface ElementRule {
  /** Name -> whether it is required, and a pattern where there is one. */
  attributes: Record<string, { required?: true; pattern?: RegExp }>;
  children: readonly string[];
  text?: true;
}

/** Surefire's time: seconds, thousands set apart by commas at will, with decimals. */
const time = { pattern: /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/ };
const required = { required: true } as const;
const problem: ElementRule = { attributes: { type: {}, message: {} }, children: [], text: true };
const output: ElementRule = { attributes: {}, children: [], text: true };

const schema: Record<string, ElementRule> = {
  testsuites: {
    attributes: { name: {}, time, tests: {}, failures: {}, errors: {} },
    children: ["testsuite"],
  },
  testsuite: {
    attributes: {
      ...{ name: required, tests: required, failures: required, errors: required, group: {}, time },
      ...{ skipped: {}, timestamp: {}, hostname: {}, id: {}, package: {}, file: {}, log: {}, url: {} },
    },
    children: ["testsuite", "properties", "testcase", "system-out", "system-err"],
  },
  properties: { attributes: {}, children: ["property"] },
  property: { attributes: { name: required, value: required }, children: [] },
  testcase: {
    attributes: { name: required, time: {}, classname: {}, group: {} },
    children: ["skipped", "error", "failure", "system-out", "system-err"],
  },
  skipped: problem,
  error: problem,
  failure: problem,
  "system-out": output,
  "system-err": output,
};

/** An element of a parsed report. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.replace(/&(?:#(\d+)|([a-z]+));/g, (whole, code: string | undefined, name: string | undefined) => {
    if (code !== undefined) return String.fromCodePoint(Number(code));
    const character = entities[name ?? ""];
    if (character === undefined) throw new Error(`${whole} is not an entity of XML`);
    return character;
  });

/** Characters of XML 1.0 (section 2.2). */
const isXml = (text: string): boolean =>
  /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text);

const tag = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/y;

/** Reads what a strict parser would: one root, tags that match, attributes once. @throws where it would */
export const parseXml = (text: string): XmlElement => {
  if (!isXml(text)) throw new Error("There is a character that XML cannot hold.");
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(head)) throw new Error("There is no XML declaration.");
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  let at = head.length;
  while (at < text.length) {
    const next = text.indexOf("<", at);
    const current = open.at(-1) as XmlElement;
    const between = text.slice(at, next === -1 ? text.length : next);
    if (/&(?!#\d+;|[a-z]+;)/.test(between)) throw new Error(`A bare & stands in ${between}`);
    current.text += unescape(between);
    if (next === -1) break;
    tag.lastIndex = next;
    const match = tag.exec(text);
    if (!match) throw new Error(`No tag: ${text.slice(next, next + 80)}`);
    const [whole, closing, name = "", pairs = "", empty] = match;
    at = next + whole.length;
    if (closing === "/") {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing.`);
      continue;
    }
    const element: XmlElement = { name, attributes: {}, children: [], text: "" };
    for (const [, key = "", value = ""] of pairs.matchAll(/([\w-]+)="([^"]*)"/g)) {
      if (key in element.attributes) throw new Error(`${name} has ${key} twice.`);
      element.attributes[key] = unescape(value);
    }
    current.children.push(element);
    if (empty !== "/") open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1)
    throw new Error("There is not exactly one whole element.");
  return root.children[0] as XmlElement;
};

const problemsOf = (element: XmlElement, parents: string): string[] => {
  const { name, attributes, children, text } = element;
  const path = `${parents}/${name}`;
  const rule = schema[name];
  if (!rule) return [`${path} is not an element of the schema.`];
  const problems: string[] = [];
  for (const [key, { required: must, pattern }] of Object.entries(rule.attributes)) {
    const value = attributes[key];
    if (value === undefined && must) problems.push(`${path} lacks ${key}.`);
    if (value !== undefined && pattern && !pattern.test(value)) problems.push(`${path} has ${key}=${value}.`);
  }
  for (const key of Object.keys(attributes)) {
    if (!(key in rule.attributes)) problems.push(`${path} may not have ${key}.`);
  }
  if (!rule.text && text.trim() !== "") problems.push(`${path} may not have text.`);
  for (const child of children) {
    if (rule.children.includes(child.name)) problems.push(...problemsOf(child, path));
    else problems.push(`${path} may not have ${child.name} in it.`);
  }
  return problems;
};

/** What a CI server's schema says against a report; nothing where it is valid. @throws where it is no XML */
export const junitProblems = (text: string): string[] => {
  const root = parseXml(text);
  return root.name === "testsuites" || root.name === "testsuite"
    ? problemsOf(root, "")
    : [`${root.name} cannot be the root.`];
};
