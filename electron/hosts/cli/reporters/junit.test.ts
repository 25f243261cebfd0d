import { describe, expect, it } from "vitest";
import type { StepResult } from "../../../../shared/model/run";
import { createJunitReporter } from "./junit";
import { junitProblems, parseXml, type XmlElement } from "./junit-schema-for-tests";
import { failedStepForTests, reportOf, runForTests, stepForTests } from "./run-for-tests";

const suitesOf = (xml: string): XmlElement[] => {
  expect(junitProblems(xml)).toEqual([]);
  return parseXml(xml).children;
};
const casesOf = (suite: XmlElement | undefined): XmlElement[] =>
  (suite?.children ?? []).filter(({ name }) => name === "testcase");
const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

const skipped = stepForTests({
  ...{ number: "7", title: "Reads the guest", kind: "guest", state: "skipped", status: null, event: null },
  ...{ ingestion: null, response: null, duration: 0, entryIds: [], notes: ["Step 6 failed."] },
});
const unreachable = failedStepForTests({
  ...{ number: "3", status: null, error: "REFUSED", ingestion: null, response: null },
  failures: [
    {
      ...{ of: "request", path: "", expected: "an answer", actual: "REFUSED" },
      message: "Nothing listens at 127.0.0.1:9.",
    },
  ],
});
const mixed = [stepForTests(), unreachable, failedStepForTests(), skipped];

describe("the JUnit report", () => {
  it("has a suite for the scenario and a case for each step, and fits the schema of CI servers", () => {
    const [suite, ...others] = suitesOf(reportOf(createJunitReporter(), runForTests(), mixed));
    expect(others).toEqual([]);
    expect(suite?.attributes).toMatchObject({
      ...{ name: "First purchase", tests: "4", failures: "1", errors: "1", skipped: "1", time: "0.037" },
      ...{ timestamp: "2026-11-25T10:15:00.100Z", file: "scenarios/first-purchase.scenario.yaml" },
    });
    expect(casesOf(suite).map(({ attributes }) => attributes["name"])).toEqual([
      "1 Opens the home page",
      "3 Checks out",
      "6 Checks out",
      "7 Reads the guest",
    ]);
    expect(casesOf(suite)[0]?.attributes).toMatchObject({ classname: "First purchase", time: "0.012" });
  });

  it("tells a failure from an error, and gives each its reason, its place and what was sent", () => {
    const [suite] = suitesOf(reportOf(createJunitReporter(), runForTests(), mixed));
    const [passed, broken, failed, left] = casesOf(suite);
    expect(passed?.children).toEqual([]);
    expect(childOf(broken, "error")?.attributes).toEqual({
      type: "REFUSED",
      message: "Nothing listens at 127.0.0.1:9.",
    });
    expect(childOf(failed, "failure")?.attributes["type"]).toBe("ingestion");
    expect(childOf(failed, "failure")?.text).toContain('expected "processed", actual "failed"');
    expect(childOf(failed, "failure")?.text).toContain("at scenarios/first-purchase.scenario.yaml:41");
    expect(childOf(failed, "system-out")?.text).toContain('event: {"type":"ORDER_CHECKOUT"');
    expect(childOf(failed, "system-out")?.text).toContain("log entries: entry-1");
    expect(childOf(left, "skipped")?.attributes["message"]).toBe("Step 6 failed.");
  });

  it("says with which seed, where and as which run a suite was played", () => {
    const [suite] = suitesOf(reportOf(createJunitReporter(), runForTests(), [stepForTests()]));
    const properties = childOf(suite, "properties")?.children.map(({ attributes }) => attributes);
    expect(properties).toContainEqual({ name: "seed", value: "seed-7" });
    expect(properties).toContainEqual({ name: "environment", value: "sandbox" });
    expect(properties).toContainEqual({ name: "runId", value: runForTests().id });
  });

  it("has a suite for each iteration, also where several are played at once", () => {
    const run = runForTests({ iterations: { planned: 3, ended: 3, passed: 3, failed: 0 }, concurrency: 3 });
    const steps = ["1", "2"].flatMap((number) =>
      [1, 2, 3].map((iteration) => stepForTests({ iteration, number })),
    );
    const suites = suitesOf(reportOf(createJunitReporter(), run, steps));
    expect(suites.map(({ attributes }) => attributes["name"])).toEqual([
      "First purchase, iteration 1",
      "First purchase, iteration 2",
      "First purchase, iteration 3",
    ]);
    for (const suite of suites) expect(casesOf(suite)).toHaveLength(2);
  });

  it("writes characters that XML cannot hold so that they can be read", () => {
    const title = 'a\u0000b\u001b[31m & <tag> "quoted" \ud800 \u{1f600}\ufffe\ttab\nline';
    const step = failedStepForTests({ title });
    const message = "]]> \u0008 &amp;";
    const [failure] = step.failures;
    const hostile = { ...step, failures: failure ? [{ ...failure, message }] : [] };
    const [suite] = suitesOf(reportOf(createJunitReporter(), runForTests({ name: title }), [hostile]));
    const [testcase] = casesOf(suite);
    expect(testcase?.attributes["name"]).toBe(
      '6 a\\u0000b\\u001b[31m & <tag> "quoted" \\ud800 \u{1f600}\\ufffe\ttab\nline',
    );
    expect(childOf(testcase, "failure")?.attributes["message"]).toBe("]]> \\u0008 &amp;");
  });

  it("gives a scenario that was not played an error for each mistake", () => {
    const reporter = createJunitReporter();
    const issue = {
      severity: "error",
      code: "unknown-key",
      file: "a.scenario.yaml",
      line: 3,
      column: 5,
    } as const;
    const refused = reporter.refused({
      ...{ path: "a.scenario.yaml", environment: "sandbox", error: null },
      issues: [
        { ...issue, path: "/steps/0/sned", message: "sned is not a key.", hint: "Did you mean send?" },
        { ...issue, severity: "warning", path: "", message: "Something else." },
      ],
    });
    const end = { runs: [], refusals: [], gate: null, interrupted: false, exitCode: 2 } as const;
    const [suite] = suitesOf(refused + reporter.finished(end));
    expect(suite?.attributes).toMatchObject({ tests: "1", errors: "1" });
    expect(casesOf(suite)[0]?.attributes["name"]).toBe("a.scenario.yaml:3:5");
    expect(childOf(casesOf(suite)[0], "error")).toMatchObject({ text: "Did you mean send?" });
  });

  it("keeps no more than a part of a very long iteration, and still has every step once", () => {
    const reporter = createJunitReporter();
    const run = runForTests();
    const long = "x".repeat(1_900);
    let most = 0;
    let xml = reporter.started(run);
    const step: StepResult = failedStepForTests({ event: { type: "VIEW", long } });
    for (let occurrence = 1; occurrence <= 6_000; occurrence++) {
      const text = reporter.stepEnded(run, { ...step, occurrence });
      most = Math.max(most, text.length);
      xml += text;
    }
    xml += reporter.iterationEnded(run, 1) + reporter.ended(run);
    xml += reporter.finished({ runs: [run], refusals: [], gate: null, interrupted: false, exitCode: 1 });
    const suites = suitesOf(xml);
    expect(suites.map(({ attributes }) => attributes["name"])).toEqual([
      "First purchase",
      "First purchase, part 2",
    ]);
    const names = suites.flatMap(casesOf).map(({ attributes }) => attributes["name"]);
    expect(new Set(names).size).toBe(6_000);
    expect(most).toBeLessThan(9_000_000);
  });

  it("is a whole document when nothing was played", () => {
    const end = { runs: [], refusals: [], gate: null, interrupted: true, exitCode: 130 } as const;
    expect(suitesOf(createJunitReporter().finished(end))).toEqual([]);
  });
});

describe("the schema of the test", () => {
  it.each([
    ['<testsuites><testsuite name="a" tests="1" failures="0"/></testsuites>', "lacks errors"],
    ['<testsuites><testcase name="a"/></testsuites>', "may not have testcase"],
    ['<testsuites time="1.2.3"/>', "has time=1.2.3"],
    ["<testsuites>text</testsuites>", "may not have text"],
  ])("refuses %s", (xml, reason) => {
    expect(junitProblems(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`).join()).toContain(reason);
  });

  it.each(["<a></b>", "<a>&</a>", "<a>\u0001</a>", '<a x="1" x="2"/>', "<a/><b/>", "<a>"])(
    "reads no %j",
    (xml) => {
      expect(() => junitProblems(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)).toThrow();
    },
  );
});
