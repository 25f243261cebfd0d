import type { ProcessorFunction } from "./draft";

/** What a processor may need, by the name that is called; each does what Bellhop's own does, but for the seed. */
const helpers: Record<string, string> = {
  int: "const int = (least, most) => least + Math.floor(Math.random() * (most - least + 1));",
  pick: "const pick = (values) => values[Math.floor(Math.random() * values.length)];",
  email:
    'const email = () => `${pick(["ada", "alan", "grace", "hedy", "joan", "radia"])}.${randomUUID().slice(0, 13)}@example.com`;',
  phone: 'const phone = () => `+447700900${String(int(0, 999)).padStart(3, "0")}`;',
  now: "const now = (offset) => new Date(Date.now() + offset).toISOString();",
  text: 'const text = (value) => (typeof value === "string" ? value : value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));',
  inside:
    'const inside = (value, path) => path.reduce((found, key) => (typeof found === "object" && found !== null && Object.hasOwn(found, key) ? found[key] : undefined), value);',
  holds:
    'const holds = (value) => value !== undefined && value !== null && value !== false && value !== 0 && value !== "";',
};

const needs: Record<string, string[]> = { email: ["pick"], phone: ["int"] };

const signatures: Record<ProcessorFunction["role"], string> = {
  scenario: "context, events, done",
  step: "context, events, done",
  request: "request, context, events, done",
  condition: "vars",
};

const functionCode = ({ name, role, lines, comment }: ProcessorFunction): string => {
  const body =
    role === "condition"
      ? lines.map((line) => `    return ${line};`)
      : ["    const { vars } = context;", ...lines.map((line) => `    ${line}`), "    done();"];
  const words = comment.replaceAll(/[\r\n\u2028\u2029]+/g, " ");
  return [`  // ${words}`, `  ${name}(${signatures[role]}) {`, ...body, "  },"].join("\n");
};

/** The processor file of a script: plain JavaScript that a person can read and change. Empty where none is needed. */
export const processorFile = (functions: readonly ProcessorFunction[], script: string): string => {
  if (functions.length === 0) return "";
  const body = functions.map(functionCode).join("\n\n");
  const isCalled = (name: string, code: string): boolean => new RegExp(`\\b${name}\\(`).test(code);
  const called = Object.keys(helpers).filter((name) => isCalled(name, body));
  const used = new Set(called.flatMap((name) => [...(needs[name] ?? []), name]));
  const code = Object.entries(helpers).flatMap(([name, source]) => (used.has(name) ? [source] : []));
  const all = [...code, body].join("\n");
  return [
    `// Written by Bellhop for ${script}: what Artillery's own templates cannot say.`,
    '"use strict";',
    "",
    ...(isCalled("randomUUID", all) ? ['const { randomUUID } = require("node:crypto");'] : []),
    ...(/\bfaker\./.test(all) ? ['const { faker } = require("@faker-js/faker");'] : []),
    ...(code.length > 0 ? ["", ...code] : []),
    "",
    "module.exports = {",
    body,
    "};",
    "",
  ].join("\n");
};
