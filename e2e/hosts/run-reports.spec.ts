import { expect } from "@playwright/test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expectAccessible } from "../pages/accessibility";
import { test } from "./folders";
import { textOf, viewing, writeFiles } from "./scenario-files";

const hostile = "</script><script>document.title = 'taken over'</script>";

test("all reports of one run are written, and say the same", async ({ folders, page }) => {
  await writeFiles(folders.workspace, {
    "all/a.scenario.yaml": viewing("Misses", "    expect: { body: { status: NOPE } }\n"),
    "all/b.scenario.yaml": viewing(`Good ${hostile}`),
    "all/c.scenario.yaml": "bellhop: 1\nsteps: nothing\n",
  });
  const reports = ["json=r/report.json", "junit=r/report.xml", "html=r/report.html", "pretty=r/report.txt"];
  const { code, stdout } = await folders.bellhop(
    [
      "run",
      "all",
      "--fresh",
      "--gate",
      "--seed",
      "7",
      ...reports.flatMap((report) => ["--reporter", report]),
    ],
    { folder: folders.workspace },
  );
  expect(code).toBe(2);
  const folder = join(folders.workspace, "r");
  // Words for people come on standard output all the same.
  expect(stdout).toContain("Scenarios   1 passed, 1 failed, 1 not played");
  expect(await textOf(folder, "report.txt")).toBe(stdout);
  const json = JSON.parse(await textOf(folder, "report.json")) as { summary: unknown };
  expect(json.summary).toMatchObject({
    scenarios: { passed: 1, failed: 1, refused: 1 },
    gate: { processed: 2, failed: 0 },
  });

  const xml = await textOf(folder, "report.xml");
  const suites = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, "application/xml");
    if (document.querySelector("parsererror")) return [];
    return [...document.querySelectorAll("testsuite")].map((suite) =>
      ["name", "tests", "failures", "errors"].map((name) => suite.getAttribute(name)).join(" | "),
    );
  }, xml);
  expect(suites).toEqual([
    "Misses | 1 | 1 | 0",
    `Good ${hostile} | 1 | 0 | 0`,
    "all/c.scenario.yaml | 1 | 0 | 1",
  ]);
});

test("the HTML report is one page that fetches nothing, can be filtered by keyboard, and is accessible", async ({
  folders,
  page,
}) => {
  await writeFiles(folders.workspace, {
    "guests.csv": `name\n${hostile}\nada\n`,
    "all/a.scenario.yaml": `data: ../guests.csv\n${viewing(
      hostile,
      '    name: "{{ row.name }}"\n    expect: { body: { status: OK } }\n  - send: VIEW\n    event: { page: "https://shop.example/", pos: nowhere, ext: { name: "{{ row.name }}" } }\n    expect: { ingestion: processed }\n',
    )}`,
    "all/b.scenario.yaml": "bellhop: 1\nsteps: nothing\n",
  });
  await folders.bellhop(["run", "all", "--fresh", "--reporter", "html=report.html"], {
    folder: folders.workspace,
  });
  const requested: string[] = [];
  const problems: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  const url = pathToFileURL(join(folders.workspace, "report.html")).href;
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(url);
    await expect(page).toHaveTitle("2 of 2 scenarios did not pass: Bellhop");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("2 of 2 scenarios did not pass");
    await expectAccessible(page, `HTML report, ${colorScheme}`);
  }
  expect(requested.every((asked) => asked === url)).toBe(true);

  const steps = page.getByRole("listitem");
  await expect(steps).toHaveCount(4);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("checkbox")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByText("2 of 4 steps")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.type("no such step");
  await expect(page.getByText("0 of 4 steps")).toBeVisible();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect(page.getByText("a point of sale that does not exist here").first()).toBeVisible();
  expect(problems).toEqual([]);
});
