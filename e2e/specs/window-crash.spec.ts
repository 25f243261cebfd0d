import type { Page } from "@playwright/test";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "../fixtures/app";
import { startLoopback } from "../fixtures/loopback";
import { writeWorkspaceFile } from "../fixtures/scenario-files";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

const faults = fileURLToPath(new URL("../fixtures/faults.mjs", import.meta.url));

/** Whether some words stand in any file of the profile. */
const isOnDisk = async (profile: string, words: string): Promise<boolean> => {
  const files = (await readdir(profile, { withFileTypes: true })).filter((file) => file.isFile());
  const bytes = await Promise.all(files.map(({ name }) => readFile(join(profile, name))));
  return bytes.some((content) => content.includes(words));
};

/** Ends the page's process, as a fault of the browser does. */
const crashPage = async (page: Page): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  // It has nobody left to answer.
  void devtools.send("Page.crash").catch(() => undefined);
  await crashed;
};

test("a page whose process is killed comes back with the draft and the scenario that were being typed", async ({
  app,
  context,
}) => {
  await writeWorkspaceFile(
    app.workspace,
    "mine.scenario.yaml",
    "bellhop: 1\nname: Mine\nsteps:\n  - wait: 1s\n",
  );
  const before = pagesOf(app.page);
  await before.composer.create("VIEW");
  await before.composer.editor.write('{ "type": "VIEW", "page": "/soup-of-the-day" }');
  await before.scenarios.open();
  await before.scenarios.file("Mine").click();
  // It cannot be read, so it is not written to the file.
  await before.scenarios.cursorAfter("wait: 1s");
  await app.page.keyboard.type("\nhalf: }");
  await expect(before.scenarios.saved).toContainText("Not saved");
  const { origin } = new URL(app.page.url());
  await expect.poll(() => isOnDisk(app.profile, "soup-of-the-day")).toBe(true);
  await expect.poll(() => isOnDisk(app.profile, "half: }")).toBe(true);
  await crashPage(app.page);

  const page = await context.newPage();
  await page.goto(`${origin}/`);
  const after = pagesOf(page);
  await expect(after.scenarios.yamlText).toContainText("half: }");
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Compose" }).click();
  await expect(after.composer.editor.line("soup-of-the-day")).toBeVisible();
  expect(await readFile(join(app.workspace, "mine.scenario.yaml"), "utf8")).not.toContain("half");
});

for (const theme of ["dark", "light"] as const) {
  test(`a core that fails is said, comes back by itself under the open page, and leaves a report to copy, ${theme}`, async ({
    app,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const host = await startLoopback({
      ...{ profile: join(app.profile, "..", "second"), workspace: app.workspace },
      variables: { NODE_OPTIONS: `--import ${faults}`, BELLHOP_TEST_FAULT: "a fault of the kitchen" },
    });
    const page = await context.newPage();
    await page.goto(host.address);
    await page.getByRole("button", { name: "Close, and show the scenarios" }).click();
    const { workbench, composer, log } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Compose" }).click();
    await composer.create("VIEW");

    host.child.kill("SIGUSR2");
    await expect(page.getByText("Bellhop's core failed and was started again.")).toBeVisible();
    await expectAccessible(page, "the core was started again");
    await composer.send.click();
    await expect(log.row("VIEW", "201")).toHaveCount(1);

    const copy = page.getByRole("button", { name: "Copy report" });
    await copy.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("Bellhop's core failed");
    expect(copied).toContain("a fault of the kitchen");
    await page.getByRole("button", { name: "Close this message" }).click();
    await expect(page.getByText("Bellhop's core failed and was started again.")).toHaveCount(0);

    await workbench.view("Settings").click();
    const reports = page.getByRole("region", { name: "Error reports" });
    await expect(reports.getByRole("listitem")).toHaveCount(1);
    await expectAccessible(page, "settings with an error report");
    await page.close();
    expect(await host.stop()).toBe(0);
  });
}

test("the settings file is edited by hand while Bellhop runs, and what is wrong in it is told", async ({
  app,
}) => {
  const { page } = app;
  await pagesOf(page).workbench.view("Settings").click();
  const settings = page.getByRole("region", { name: "Settings" });
  const file = join(app.profile, "settings.json");
  await writeFile(file, '{\n  // For the projector.\n  "fontSize": 16,\n  "ours": true\n}\n');
  const size = settings.getByRole("textbox", { name: "Interface font size" });
  await expect(size).toHaveValue("16");
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe("16px");

  await writeFile(file, '{\n  // For the projector.\n  "fontSize": 160,\n  "ours": true\n}\n');
  await expect(
    settings.getByText("The setting fontSize cannot be 160, so its default 13 holds."),
  ).toBeVisible();
  await expect(size).toHaveValue("13");
  await expectAccessible(page, "settings with a wrong value");
  await size.fill("14");
  await size.press("Enter");
  await expect(settings.getByText("cannot be 160")).toHaveCount(0);
  expect(await readFile(file, "utf8")).toBe(
    '{\n  // For the projector.\n  "fontSize": 14,\n  "ours": true\n}\n',
  );

  await settings.getByRole("searchbox", { name: "Find a setting" }).fill("telemetry");
  await expect(settings.getByText("There is none")).toBeVisible();
});
