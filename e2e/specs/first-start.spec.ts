import { expect, test } from "../fixtures/app";
import { writeJourney } from "../fixtures/journey-file";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

test.use({ firstStart: true });

test("a fresh profile begins with a journey; playing it makes a visitor a customer", async ({ app }) => {
  const { page } = app;
  const start = page.getByRole("region", { name: "First start" });
  await expect(start.getByRole("button", { name: "Compose an event" })).toBeVisible();
  await writeJourney(app.workspace, "quick");
  await expect(start.getByRole("button", { name: "Play First purchase" })).toBeVisible();
  const story = page.getByRole("complementary", { name: "What it plays" });
  await expect(story.getByRole("listitem")).toContainText([
    /Opens the home page.*A visitor appears/,
    /Fills the cart.*The cart fills, 2 times/,
    /Signs up.*The visitor becomes a customer/,
    /Is a customer.*Checks the type and name within 15 s/,
  ]);
  await expectAccessible(page, "the first start");
  await page.keyboard.press("F5");
  await expect(start).toHaveCount(0);
  await expect(page.getByRole("toolbar", { name: "Run" })).toContainText("Passed");
  await expect(page.getByRole("region", { name: "Guest: Ada King" })).toBeVisible();

  await app.restart();
  await expect(app.page.getByRole("treegrid")).toBeVisible();
  await expect(app.page.getByRole("region", { name: "First start" })).toHaveCount(0);
});

test("the first start is closed for good, and leads to the composer by its key", async ({ app }) => {
  const { composer, workbench } = pagesOf(app.page);
  const start = app.page.getByRole("region", { name: "First start" });
  await expect(start).toBeVisible();
  await app.page.keyboard.press("Alt+N");
  await expect(composer.editor.text.or(app.page.getByText("No draft is open"))).toBeVisible();
  await workbench.view("Scenarios").click();
  await start.getByRole("button", { name: "Close, and show the scenarios" }).click();
  await expect(start).toHaveCount(0);
  await app.restart();
  await expect(pagesOf(app.page).workbench.status).toBeVisible();
  await expect(app.page.getByRole("region", { name: "First start" })).toHaveCount(0);
});
