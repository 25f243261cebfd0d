import { RE2JS } from "re2js";

const known = new Map<string, RE2JS>();
const mostKnown = 500;

/** Characters. Nobody writes a longer one by hand. */
const longestPattern = 2000;

/** A pattern as the engine of linear time reads it, or why it cannot. */
const compile = (pattern: string): RE2JS | { problem: string } => {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  if (pattern.length > longestPattern) return { problem: `is longer than ${longestPattern} characters` };
  if (/\(\?<?[=!]/.test(pattern.replaceAll(/\\./gs, ""))) {
    return { problem: "uses look-around, which Bellhop's patterns do not have: they run in linear time" };
  }
  try {
    const compiled = RE2JS.compile(pattern);
    if (known.size >= mostKnown) known.clear();
    known.set(pattern, compiled);
    return compiled;
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : String(error);
    return { problem: `is no pattern: ${reason}` };
  }
};

/** What is wrong with a pattern of a file, as the end of a sentence; null where nothing is. */
export const patternProblem = (pattern: string): string | null => {
  const compiled = compile(pattern);
  return compiled instanceof RE2JS ? null : compiled.problem;
};

/** Whether a pattern is found anywhere in a text; a broken one is found nowhere. */
export const patternFinds = (pattern: string, text: string): boolean => {
  const compiled = compile(pattern);
  return compiled instanceof RE2JS && compiled.matcher(text).find();
};
