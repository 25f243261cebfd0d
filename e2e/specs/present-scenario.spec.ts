import { expect, test } from "../fixtures/app";
import { writeJourney } from "../fixtures/journey-file";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

test("by keyboard alone: a scenario is told step by step, and goes on in its view", async ({ app }) => {
  const { palette, presenter } = pagesOf(app.page);
  await writeJourney(app.workspace, "told");
  await palette.run("Present First purchase");
  const { stage } = presenter;
  await expect(presenter.title).toHaveText("First purchase");
  await expect(stage).toContainText("Nobody yet");

  await presenter.press("Space");
  await expect(stage).toContainText("Nobody knows who comes.");
  await expect(stage).toContainText("Next: Opens the home page");
  await presenter.press("Space");
  await expect(presenter.title).toHaveText("Opens the home page");
  await expect(stage).toContainText("answered 201, processed");
  await expect(presenter.card).toContainText("visitor");
  await expect(presenter.changes.first()).toBeVisible();

  // Half an hour is a press; the new browser has nothing to show.
  await presenter.press("PageDown");
  await expect(presenter.title).toHaveText("30 min pass");
  await presenter.press("ArrowRight");
  await expect(presenter.title).toHaveText("The visitor put Linen tee into the cart");
  await expect(stage.getByRole("navigation", { name: "Steps" }).locator("[aria-current]")).toHaveText(
    "Fills the cart",
  );
  await presenter.press("Space");
  await expect(presenter.changes.first()).toContainText("2 × 19.90 EUR");

  // Looking back sends nothing.
  await presenter.press("ArrowLeft", "ArrowLeft");
  await expect(presenter.title).toHaveText("30 min pass");
  await presenter.press("End", "Space");
  await expect(stage).toContainText("Ada gives her address, a••@•••.example.");
  await presenter.press("Space");
  await expect(presenter.title).toHaveText("Signs up");
  await expect(presenter.card).toContainText("Ada King");
  await expect(presenter.card).toContainText("customer");
  expect(await stage.innerHTML()).not.toContain("lovelace");
  expect(await stage.innerHTML()).not.toContain("not-for-the-room");
  expect((await presenter.measure()).smallest).toBeGreaterThanOrEqual(18);
  expect((await presenter.measure()).overflows).toBe(false);
  await expectAccessible(app.page, "the stage, a scenario");

  await presenter.press("Escape");
  await expect(stage).toHaveCount(0);
  await expect(app.page.getByRole("toolbar", { name: "Run" })).toContainText("Paused");
  await presenter.press("Alt+p");
  await expect(presenter.title).toHaveText("Signs up");
  await presenter.press("Space");
  await expect(presenter.title).toHaveText("Is a customer");
  await expect(stage).toContainText("As expected: guest type customer, first name Ada.");
  await presenter.press("Space");
  await expect(stage.getByRole("list", { name: "Not as expected" })).toContainText("orders");
  await expect(stage).toContainText("The journey ends here: not all was as expected");
  await presenter.press("Escape");
  await expect(app.page.getByRole("toolbar", { name: "Run" })).toContainText("Failed");
});
