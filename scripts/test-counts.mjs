// @ts-check
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} failures the names of what failed
 * @property {Map<string, number>} skipped reason -> how many
 */

/** @returns {Counts} */
export const noCounts = () => ({ passed: 0, failed: 0, failures: [], skipped: new Map() });

/**
 * @param {Counts} one
 * @param {Counts} other
 * @returns {Counts}
 */
export const addCounts = (one, other) => {
  const skipped = new Map(one.skipped);
  for (const [reason, count] of other.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures],
    skipped,
  };
};

/** @param {string} file */
const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
};

const unexplained = "no reason given";

/**
 * What Vitest's JSON report says; nothing where it never came to write one.
 *
 * @param {string} file
 * @returns {Counts}
 */
export const countVitest = (file) => {
  const counts = noCounts();
  for (const suite of readReport(file)?.testResults ?? []) {
    for (const { status, fullName, meta } of suite.assertionResults) {
      if (status === "passed") counts.passed++;
      else if (status === "failed") counts.failures.push(fullName);
      else {
        const reason = meta?.skipReason ?? `${fullName}: ${unexplained}`;
        counts.skipped.set(reason, (counts.skipped.get(reason) ?? 0) + 1);
      }
    }
  }
  return { ...counts, failed: counts.failures.length };
};

/**
 * @typedef {{ status: string, annotations: { type: string, description?: string }[] }} PlaywrightTest
 * @typedef {{ title: string, specs?: { title: string, tests: PlaywrightTest[] }[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

/**
 * @param {PlaywrightSuite[]} suites
 * @returns {{ title: string, test: PlaywrightTest }[]}
 */
const testsOf = (suites) =>
  suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.flatMap(({ title, tests }) => tests.map((test) => ({ title, test }))),
    ...testsOf(inner),
  ]);

/**
 * What Playwright's JSON report says; nothing where it never came to write one.
 *
 * @param {string} file
 * @returns {Counts}
 */
export const countPlaywright = (file) => {
  const counts = noCounts();
  for (const { title, test } of testsOf(readReport(file)?.suites ?? [])) {
    if (test.status === "expected") counts.passed++;
    else if (test.status === "skipped") {
      const reason =
        test.annotations.find(({ type }) => type === "skip")?.description ?? `${title}: ${unexplained}`;
      counts.skipped.set(reason, (counts.skipped.get(reason) ?? 0) + 1);
    } else counts.failures.push(test.status === "flaky" ? `${title} (passed only when repeated)` : title);
  }
  return { ...counts, failed: counts.failures.length };
};

/**
 * The end of `npm test`: what failed, what was skipped and why, and the counts alone on the last line.
 *
 * @param {Counts} counts
 */
export const summarise = ({ passed, failed, failures, skipped }) => {
  const lines = [
    ...failures.map((name) => `failed: ${name}`),
    ...[...skipped].map(([reason, count]) => `skipped ${count}: ${reason}`),
    `${passed} passed, ${failed} failed, ${[...skipped.values()].reduce((sum, count) => sum + count, 0)} skipped`,
  ];
  return lines.join("\n");
};
