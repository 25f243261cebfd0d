import type { Page } from "@playwright/test";
import { expect, test, type App } from "../fixtures/app";
import { purchase, writeWorkspaceFile } from "../fixtures/scenario-files";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

const file = "scenarios/purchase.scenario.yaml";

/** Opens a scenario in the Scenarios view, ready to be played on the sandbox. */
const open = async ({ page, workspace }: App, text: string): Promise<void> => {
  const { scenarioRun, scenarios, workbench } = pagesOf(page);
  await writeWorkspaceFile(workspace, file, text);
  await workbench.sandboxUrl();
  await workbench.view("Scenarios").click();
  await scenarios.file("A purchase").click();
  await scenarioRun.run.waitFor();
};

const rowState = (page: Page, step: string, state: string) =>
  pagesOf(page).scenarios.step(step).getByRole("img", { name: state, exact: true });

test("a played scenario makes a visitor a customer before one's eyes, and a failure says why", async ({
  app,
}) => {
  const { page, workspace } = app;
  const { log, scenarioRun, scenarios } = pagesOf(page);
  await open(app, purchase());
  await expect(scenarioRun.guest).toContainText("Run the scenario, and its guest appears here");
  await page.keyboard.press("F5");
  await expect(scenarioRun.state).toContainText("Passed in");
  await expect(scenarioRun.toolbar).toContainText("8 of 8");
  await expect(scenarioRun.card).toHaveAccessibleName("Guest: Ada Lovelace");
  await expect(scenarioRun.card).toContainText("cart 39.80 EUR");
  await expect(rowState(page, "Signs up", "Passed")).toBeVisible();
  await expect(page.getByText("The visitor fills the cart.").first()).toBeVisible();
  await expectAccessible(page, "a run that passed");

  await scenarios.step("Opens the home page").click();
  await expect(scenarioRun.card).toHaveAccessibleName("Guest: Visitor");
  await scenarios.step("Signs up").click();
  await expect(scenarioRun.change("Guest type")).toContainText("customer");
  await scenarios.side("Result").click();
  await scenarioRun.result.getByRole("button", { name: "In the log" }).click();
  await expect(log.rows.filter({ hasText: "IDENTITY" })).toHaveAttribute("aria-selected", "true");

  const dearer = purchase({ total: 40 }).replace("Opens the home page", "Opens the shop");
  await writeWorkspaceFile(workspace, file, dearer);
  await expect(scenarios.step("Opens the shop")).toBeVisible();
  await scenarioRun.run.click();
  await expect(scenarioRun.state).toContainText("Failed at step 7");
  await expect(rowState(page, "The cart is worth it", "Failed")).toBeVisible();
  await scenarios.side("Result").click();
  await expect(scenarioRun.failures).toContainText("/cart/value/EUR is 39.8, and should be 40.");
  await expectAccessible(page, "a failure");

  await writeWorkspaceFile(workspace, file, purchase().replace("{{ email }}", "{{ emial }}"));
  await expect(scenarios.step("Opens the home page")).toBeVisible();
  await scenarioRun.run.click();
  await expect(scenarioRun.refused).toBeVisible();
  await expectAccessible(page, "refused by the checks");
  await scenarioRun.refused
    .getByRole("button", { name: /^Go there/ })
    .first()
    .click();
  await expect(scenarios.yaml.locator(".monaco-editor.focused")).toBeVisible();
});

test("a run pauses at a breakpoint, is stepped through, and its next event is changed by hand", async ({
  app,
}) => {
  const { page } = app;
  const { scenarioRun, scenarios, workbench } = pagesOf(page);
  await open(app, purchase({ breakpoint: true }));
  await page.keyboard.press("F5");
  await expect(scenarioRun.state).toContainText("Paused at breakpoint, step 4");
  await expect(rowState(page, "Signs up", "The run waits before this step")).toBeVisible();
  await expect(scenarioRun.statusCell).toHaveText("Run paused");
  await expect(scenarioRun.change("Cart")).not.toHaveCount(0);
  await expect(scenarioRun.forecastOf("First name")).toContainText("Ada");
  await expect(scenarioRun.forecastOf("Last name")).toContainText("Lovelace");
  await expectAccessible(page, "paused before a send");

  await scenarioRun.value("Lovelace").dblclick();
  await page.keyboard.type("King");
  await expect(scenarioRun.nextEvent).toContainText("1 field edited, this run only");
  await expect(scenarioRun.forecastOf("Last name")).toContainText("King");
  await expectAccessible(page, "an edited next event");
  await workbench.view("Compose").click();
  await scenarioRun.statusCell.click();
  await expect(scenarioRun.nextEvent).toContainText("1 field edited, this run only");
  await scenarioRun.nextEvent.getByRole("button", { name: "Put back" }).click();
  await expect(scenarioRun.forecastOf("Last name")).toContainText("Lovelace");
  await scenarioRun.value("Lovelace").dblclick();
  await page.keyboard.type("King");
  await page.keyboard.press("F10");
  await expect(scenarioRun.state).toContainText("Paused before step 5");
  await expect(scenarioRun.card).toHaveAccessibleName("Guest: Ada King");

  await scenarios.step("The cart is worth it").click();
  await scenarios.steps.focus();
  await page.keyboard.press("Control+F10");
  await expect(scenarioRun.state).toContainText("Paused before step 7");
  await page.keyboard.press("Shift+F5");
  await expect(scenarioRun.state).toContainText("Stopped at step 7");
  await expect(scenarioRun.statusCell).toHaveCount(0);
});

test("results stay beside their steps when another program puts a step before them", async ({ app }) => {
  const { page, workspace } = app;
  const { scenarioRun, scenarios } = pagesOf(page);
  await open(app, purchase());
  await page.keyboard.press("F5");
  await expect(scenarioRun.state).toContainText("Passed in");
  const changed = purchase()
    .replace("steps:\n", "steps:\n  - note: Somebody comes by.\n")
    .replace("name: Is a customer now", "name: Has become a customer");
  await writeWorkspaceFile(workspace, file, changed);
  await expect(scenarios.step("Somebody comes by.")).toBeVisible();
  await expect(rowState(page, "Somebody comes by.", "Not played")).toBeVisible();
  await expect(scenarios.step("Opens the home page")).toContainText("201");
  await expect(rowState(page, "Signs up", "Passed")).toBeVisible();
  await expect(rowState(page, "Has become a customer", "Not played")).toBeVisible();
  await expect(page.getByText("One step that it played is not in the list as it was")).toBeVisible();
  await scenarios.step("Signs up").click();
  await scenarios.side("Result").click();
  await expect(scenarioRun.result).toContainText("IDENTITY");
  await page.keyboard.press("F5");
  await expect(rowState(page, "Has become a customer", "Passed")).toBeVisible();
});

test("a run goes on from a step: on a fresh guest, and with the sandbox as it was", async ({ app }) => {
  const { page } = app;
  const { scenarioRun, scenarios } = pagesOf(page);
  await open(app, purchase());
  await page.keyboard.press("F5");
  await expect(scenarioRun.state).toContainText("Passed in");
  await scenarios.step("Signs up").click();
  await scenarioRun.again.click();
  await page.getByRole("menuitem", { name: /^With the sandbox as it was/ }).click();
  await expect(scenarioRun.question).toContainText("Everything it has received since is lost");
  await expectAccessible(page, "asked before the sandbox goes back");
  await scenarioRun.question.getByRole("button", { name: "Go back and run" }).click();
  await expect(scenarioRun.state).toContainText("Passed in");
  await expect(rowState(page, "Opens the home page", "Skipped")).toBeVisible();
  await expect(scenarioRun.card).toContainText("1 browser, 1 session, cart 39.80 EUR");

  await scenarios.step("Signs up").click();
  await scenarioRun.again.click();
  await page.getByRole("menuitem", { name: "On a fresh guest" }).click();
  // The fresh browser signs up with the e-mail of the run that it goes on from, so the two become one.
  await expect(scenarioRun.card).toContainText("2 browsers");
  await expect(rowState(page, "Opens the home page", "Skipped")).toBeVisible();
});

test("a file of guests plays five at a time, its failed rows are marked, and two runs are compared", async ({
  app,
}) => {
  const { page, workspace } = app;
  const { scenarioRun, scenarios } = pagesOf(page);
  const rows = Array.from({ length: 12 }, (_, index) => `Ada,${index === 6 ? 41 : 39.8}`);
  await writeWorkspaceFile(workspace, "scenarios/guests.csv", ["name,worth:number", ...rows].join("\n"));
  await open(app, purchase({ total: "{{ row.worth }}" }));
  await scenarioRun.tab("Data").click();
  await expect(scenarioRun.data).toContainText("The scenario plays without data");
  await expectAccessible(page, "no data file");
  await scenarioRun.data.getByRole("combobox", { name: "Data file" }).selectOption("scenarios/guests.csv");
  await expect(scenarioRun.dataRows).toHaveAttribute("aria-rowcount", "13");
  await scenarioRun.tab("Steps").click();
  await scenarioRun.setOption("At a time", "5");
  await scenarioRun.run.click();
  await expect(scenarioRun.state).toContainText("Failed at step 7 of iteration 7");
  await expect(scenarioRun.toolbar).toContainText("12 of 12");
  await expect(rowState(page, "The cart is worth it", "Failed")).toBeVisible();
  await expectAccessible(page, "a run of many iterations");
  await scenarioRun.tab("Data").click();
  await expect(scenarioRun.data).toContainText("1 failed in the run that is shown");
  await expect(scenarioRun.dataRows.getByRole("img", { name: /^Failed\. Step 7/ })).toHaveCount(1);
  await expectAccessible(page, "the rows of a data file");

  await scenarioRun.tab("Runs").click();
  await scenarioRun.runs.getByRole("button", { name: "Run again, same seed" }).click();
  await expect(scenarioRun.state).toContainText("Failed at step 7 of iteration 7");
  await scenarioRun.tab("Runs").click();
  await expect(scenarioRun.runRows).toHaveCount(2);
  for (const box of await scenarioRun.runs.getByRole("checkbox").all()) await box.check();
  await scenarioRun.runs.getByRole("button", { name: "Compare" }).click();
  await expect(scenarioRun.comparison.getByRole("status")).toContainText(/went the same|differ/);
  await scenarioRun.comparison.getByText("Differences only").click();
  await expect(scenarioRun.comparison).toContainText("Opens the home page");
  await expectAccessible(page, "two runs side by side");
  await page.keyboard.press("Escape");
  await scenarioRun.runs.getByText("What it made").click();
  await expect(scenarioRun.runs.getByRole("list", { name: "What it made" })).toContainText("@example.com");
  await expectAccessible(page, "the runs of a file");
  await scenarios.steps.count();
});
