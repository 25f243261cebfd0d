import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, type App } from "../fixtures/app";
import { writeWorkspaceFile } from "../fixtures/scenario-files";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

const path = "journeys/purchase.scenario.yaml";
const text = `# The journey that we show first.
bellhop: 1
name: A purchase
vars:
  email: "{{ $email }}"   # always at example.com
steps:
  - name: Opens the home page
    send: VIEW
    event: { page: 'https://shop.example/' }  # the landing page
  - wait: 2s
  # the kiosk in the lobby
  - name: Twice
    repeat: 2
    steps:
      - name: Adds a product
        send: ADD
        event:
          product: { sku: TEE-001, name: Tee, price: 19.9 }
  - id: signup
    name: Signs up
    send: IDENTITY
    event: { email: "{{ email }}" }
`;

const onDisk = (app: App): Promise<string> => readFile(join(app.workspace, path), "utf8");
const says = (app: App, part: string | RegExp) => expect.poll(() => onDisk(app)).toMatch(part);

const openPurchase = async (app: App) => {
  await writeWorkspaceFile(app.workspace, path, text);
  const pages = pagesOf(app.page);
  await pages.scenarios.open();
  await pages.scenarios.file("A purchase").click();
  await expect(pages.scenarios.rows).toHaveCount(5);
  await expect(pages.scenarios.yamlText).toBeVisible();
  return pages;
};

test("what is changed in the list is changed in the YAML and on the disk, and comments stay", async ({
  app,
}) => {
  const { page } = app;
  const { scenarios } = await openPurchase(app);
  await scenarios.step("Signs up").click();

  await page.keyboard.press("F2");
  await expect(scenarios.field("Name")).toBeFocused();
  await scenarios.field("Name").fill("Signs up in the kiosk");
  await scenarios.field("Name").press("Enter");
  await expect(scenarios.step("Signs up in the kiosk")).toBeVisible();
  await expect(scenarios.yamlText).toContainText("Signs up in the kiosk");

  // By keyboard past its neighbour, and into the repeat.
  await scenarios.steps.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(scenarios.step("Signs up in the kiosk")).toContainText("3.2");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(scenarios.step("Signs up in the kiosk")).toContainText("3.1");
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(scenarios.step("Signs up in the kiosk")).toContainText("4");
  await page.keyboard.press("F9");
  await expect(scenarios.breakpoints).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+/");
  await expect(scenarios.step("Signs up in the kiosk").getByRole("img", { name: "disabled" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+d");
  await expect(scenarios.rows).toHaveCount(6);
  await page.keyboard.press("Delete");
  await expect(scenarios.rows).toHaveCount(5);

  // By mouse.
  await scenarios.drag("Adds a product", "Opens the home page");
  await expect(scenarios.rows.first()).toContainText("Adds a product");
  await says(app, /steps:\n {2}- name: Adds a product/);
  await scenarios.steps.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(scenarios.rows.first()).toContainText("Opens the home page");

  // The event, as JSON.
  await scenarios.step("Opens the home page").click();
  await scenarios.side("Event").click();
  await scenarios.event.getByText("https://shop.example/").click();
  await page.keyboard.press("End");
  await page.keyboard.type(',\n"title": "Home"');
  await expect(scenarios.yamlText).toContainText("title: 'Home'");

  // And the YAML itself, which the list follows; the selection goes both ways.
  await scenarios.cursorAfter("wait: 2s");
  await expect(scenarios.steps.getByRole("row", { selected: true })).toContainText("2 s");
  await page.keyboard.type("\n  name: Thinks");
  await expect(scenarios.step("Thinks")).not.toContainText("for 2 s");
  await expect(scenarios.saved).toHaveText("Saved");

  const now = await onDisk(app);
  for (const comment of [
    "# The journey that we show first.",
    "# always at example.com",
    "# the kiosk in the lobby",
  ])
    expect(now).toContain(comment);
  expect(now).toContain("page: 'https://shop.example/'");
  expect(now).toMatch(/ {2}- wait: 2s\n {4}name: Thinks\n/);
  expect(now).toMatch(/ {4}name: Signs up in the kiosk\n/);
  expect(now.replaceAll("\n", " ")).toMatch(
    /breakpoint: true .*disabled: true|disabled: true .*breakpoint: true/,
  );
});

test("steps are added from a menu, copied as YAML, selected in numbers and folded", async ({ app }) => {
  const { page } = app;
  const { scenarios } = await openPurchase(app);
  await scenarios.step("Opens the home page").click();
  await scenarios.addStep.click();
  await page.keyboard.type("search");
  await page.keyboard.press("Enter");
  await expect(scenarios.rows.nth(1)).toContainText("SEARCH");
  await says(app, "send: SEARCH");

  await scenarios.steps.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(scenarios.steps.getByRole("row", { selected: true })).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+c");
  await page.keyboard.press("End");
  await page.keyboard.press("ControlOrMeta+v");
  await expect(scenarios.rows).toHaveCount(8);
  await expect(scenarios.rows.last()).toContainText("SEARCH");

  await scenarios.step("Twice").click();
  await page.keyboard.press("ArrowLeft");
  await expect(scenarios.step("Adds a product")).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(scenarios.step("Adds a product")).toBeVisible();

  await scenarios.step("Twice").click({ button: "right" });
  await scenarios.menu.getByRole("menuitem", { name: /^Remove/ }).click();
  await expect(scenarios.step("Twice")).toHaveCount(0);
  await scenarios.steps.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(scenarios.step("Twice")).toBeVisible();
});

test("a text that cannot be read is kept here and not written, also through a reload", async ({ app }) => {
  const { scenarios } = await openPurchase(app);
  await scenarios.cursorAfter("wait: 2s");
  await app.page.keyboard.type("\nbroken: }");
  await expect(scenarios.saved).toHaveText(/^Not saved: line \d+/);
  await expect(scenarios.problems).toContainText(/Line \d+/);
  expect(await onDisk(app)).toBe(text);

  // Another file is open by then, and what is typed there takes nothing of it away.
  await writeWorkspaceFile(
    app.workspace,
    "journeys/other.scenario.yaml",
    "bellhop: 1\nname: Other\nsteps:\n  - wait: 1s\n",
  );
  await scenarios.file("Other").click();
  await expect(scenarios.rows).toHaveCount(1);
  await app.page.reload();
  await expect(scenarios.rows).toHaveCount(1);
  await scenarios.steps.focus();
  await app.page.keyboard.press("Home");
  await app.page.keyboard.press("ControlOrMeta+d");
  await expect(scenarios.rows).toHaveCount(2);
  await expect(scenarios.saved).toHaveText("Saved");
  await app.page.reload();
  await scenarios.file("A purchase").click();
  await expect(scenarios.yamlText).toContainText("broken: }");
  expect(await onDisk(app)).toBe(text);
});

test("a file that another program changed is taken over, or asked about where something is unsaved", async ({
  app,
}) => {
  const { page } = app;
  const { scenarios } = await openPurchase(app);
  const theirs = text.replace("Signs up", "Signs up at home");
  await writeWorkspaceFile(app.workspace, path, theirs);
  await expect(scenarios.step("Signs up at home")).toBeVisible();

  await scenarios.cursorAfter("wait: 2s");
  await page.keyboard.type("\nbroken: }");
  await expect(scenarios.saved).toHaveText(/^Not saved/);
  const again = text.replace("Signs up", "Signs up by telephone");
  await writeWorkspaceFile(app.workspace, path, again);
  await expect(scenarios.keepMine).toBeVisible();
  expect(await onDisk(app)).toBe(again);
  await scenarios.compare.click();
  await expect(scenarios.comparison).toContainText("by telephone");
  await expectAccessible(page, "two versions of a scenario side by side");
  await page.keyboard.press("Escape");
  await scenarios.takeTheirs.click();
  await expect(scenarios.step("Signs up by telephone")).toBeVisible();
  await expect(scenarios.saved).toHaveText("Saved");
  expect(await onDisk(app)).toBe(again);

  await rm(join(app.workspace, path));
  await expect(page.getByText("Another program took this file away.")).toBeVisible();
  await page.getByRole("button", { name: "Write it again" }).click();
  await expect.poll(() => onDisk(app).catch(() => null)).toBe(again);
});

for (const theme of ["dark", "light"] as const) {
  test(`a scenario is made from a template, renamed, copied and removed, ${theme}`, async ({
    app: { page },
  }) => {
    const { scenarios, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await scenarios.open();
    await expectAccessible(page, "no scenarios yet");
    await scenarios.newScenario.click();
    await scenarios.templates.nth(1).click();
    await expectAccessible(page, "a new scenario from a template");
    await scenarios.creating.getByLabel("Name").fill("My journey");
    await scenarios.creating.getByRole("button", { name: "Create" }).click();
    await expect(scenarios.file("My journey")).toBeVisible();
    await expect(scenarios.rows.first()).toBeVisible();
    await expect(scenarios.yamlText).toBeVisible();
    await scenarios.rows.first().click();
    await expectAccessible(page, "a scenario as steps and YAML");
    await scenarios.addStep.click();
    await expectAccessible(page, "the kinds of steps");
    await page.keyboard.press("Escape");

    await scenarios.file("My journey").click();
    await page.keyboard.press("F2");
    await scenarios.renaming.getByLabel("Name").fill("scenarios/shop/renamed");
    await page.keyboard.press("Enter");
    await expect(scenarios.file("shop")).toBeVisible();
    await scenarios.file("My journey").click({ button: "right" });
    await scenarios.menu.getByRole("menuitem", { name: "Duplicate" }).click();
    await expect(scenarios.file("My journey")).toHaveCount(2);
    await scenarios.file("My journey").last().click();
    await page.keyboard.press("Delete");
    await expect(scenarios.file("My journey")).toHaveCount(1);
    await scenarios.files.getByRole("button", { name: "Undo" }).click();
    await expect(scenarios.file("My journey")).toHaveCount(2);
  });
}

test("a scenario of a thousand steps shows those in view", async ({ app }) => {
  const steps = Array.from({ length: 1000 }, (_, at) => `  - note: Step ${at + 1} of many\n`).join("");
  await writeWorkspaceFile(app.workspace, path, `bellhop: 1\nname: Many\nsteps:\n${steps}`);
  const { scenarios } = pagesOf(app.page);
  await scenarios.open();
  await scenarios.file("Many").click();
  await expect(scenarios.rows.first()).toBeVisible();
  expect(await scenarios.rows.count()).toBeLessThan(100);
  await scenarios.steps.focus();
  await app.page.keyboard.press("End");
  await expect(scenarios.step("Step 1000 of many")).toBeVisible();
  await app.page.keyboard.press("Alt+ArrowUp");
  await expect(scenarios.step("Step 1000 of many")).toContainText("999");
});

test("a file from outside the workspace says that it is not trusted, until it is", async ({ app }) => {
  const { scenarios } = pagesOf(app.page);
  await writeWorkspaceFile(app.profile, "elsewhere/guest.scenario.yaml", text);
  await scenarios.open();
  await app.page.keyboard.press("ControlOrMeta+k");
  await app.page.keyboard.type("from elsewhere");
  await app.page.keyboard.press("Enter");
  await scenarios.opening.getByLabel("Path").fill(join(app.profile, "elsewhere/guest.scenario.yaml"));
  await app.page.keyboard.press("Enter");
  await expect(scenarios.rows).toHaveCount(5);
  await expect(app.page.getByText("runs on the sandbox only", { exact: false })).toBeVisible();
  await app.page.getByRole("button", { name: "Trust the folder" }).click();
  await expect(app.page.getByText("runs on the sandbox only", { exact: false })).toBeHidden();
});
