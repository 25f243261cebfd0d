import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createHtmlReporter } from "./html";
import { failedStepForTests, reportOf, runForTests, stepForTests } from "./run-for-tests";

const root = new URL("../../../../", import.meta.url);

const between = (text: string, start: string, end: string): string =>
  text.slice(text.indexOf(start) + start.length, text.indexOf(end, text.indexOf(start) + start.length));

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

interface Summary {
  leftOut: Record<string, number>;
}

const summaryOf = (html: string): Summary =>
  JSON.parse(between(html, '<script type="application/json" id="summary">', "</script>")) as Summary;

describe("the HTML report", () => {
  it("runs its own script and shows its own style, and nothing else, by its policy", () => {
    const html = reportOf(createHtmlReporter("1.2.3"), runForTests(), [stepForTests()]);
    const policy = between(html, 'http-equiv="Content-Security-Policy" content="', '"');
    const script = between(html, "</script>\n<script>", "</script>");
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hash(between(html, "<style>", "</style>"))}`,
      `script-src ${hash(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html).not.toMatch(/ (?:src|href)=|url\(|@import/);
  });

  it("holds data that tries to be markup as data", () => {
    const title = "</script><script>alert(1)</script><!-- \u2028";
    const html = reportOf(createHtmlReporter("1"), runForTests({ name: title }), [stepForTests({ title })]);
    expect(html).not.toContain("alert(1)</");
    expect(html.match(/<script/g)).toHaveLength(3);
    const step = JSON.parse(between(html, 'class="step">', "</script>")) as { title: string };
    expect(step.title).toBe(title);
  });

  it("lists failures before anything else is left out, and says how many steps it leaves out", () => {
    const reporter = createHtmlReporter("1");
    const run = runForTests();
    const steps = Array.from({ length: 5_000 }, (_, index) =>
      index % 10 === 0 ? failedStepForTests() : stepForTests(),
    );
    const html = reportOf(reporter, run, steps);
    expect(html.match(/"state":"failed"/g)).toHaveLength(500);
    expect(html.match(/"state":"passed"/g)).toHaveLength(2_001);
    expect(summaryOf(html).leftOut).toEqual({ [run.id]: 2_500 });
  });

  it("stays small enough for a browser whatever the answers are", () => {
    const response = "x".repeat(60_000);
    const steps = Array.from({ length: 400 }, () => failedStepForTests({ response }));
    expect(reportOf(createHtmlReporter("1"), runForTests(), steps).length).toBeLessThan(12_200_000);
  });

  it("has the colours of the interface, dark and light", async () => {
    const [tokens, page] = await Promise.all([
      readFile(new URL("renderer/styles/tokens.css", root), "utf8"),
      readFile(new URL("electron/hosts/cli/reporters/html/page.css", root), "utf8"),
    ]);
    const colours = (css: string): string[] => css.match(/--[\w-]+: #[0-9a-f]{6}/g) ?? [];
    const themes = {
      light: [between(tokens, '[data-theme="light"] {', "}"), between(page, ":root {", "}")],
      dark: [between(tokens, '[data-theme="dark"] {', "}"), between(page, "dark) {", "}")],
    };
    for (const [theme, [known = "", used = ""]] of Object.entries(themes)) {
      expect(colours(used).length, theme).toBeGreaterThan(15);
      expect(colours(known), theme).toEqual(expect.arrayContaining(colours(used)));
    }
  });
});
