import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

test("five selected entries become a scenario that plays", async ({ app }) => {
  const { log, palette } = pagesOf(app.page);
  await app.bellhop(["send", "VIEW", "--set", "page=https://shop.example/"]);
  await app.bellhop(["send", "SEARCH", "--set", "search_term=hats"]);
  await app.bellhop(["send", "VIEW", "--set", "page=https://shop.example/hats"]);
  await app.bellhop(["send", "IDENTITY", "--set", "email=ada@lovelace.example"]);
  // The first made its guest.
  await expect(log.rows).toHaveCount(5);
  await expect(log.list).toHaveAttribute("aria-multiselectable", "true");

  await log.row("SEARCH").click();
  await log.row("IDENTITY").click({ modifiers: ["Shift"] });
  await expect(log.count).toHaveText("3 of 5 entries selected");
  await expect(log.entry.region).toContainText("IDENTITY");
  await log.rows.first().click({ modifiers: ["ControlOrMeta"] });
  await expect(log.count).toHaveText("4 of 5 entries selected");
  await expect(log.list.locator("[role='row'][aria-selected='true']")).toHaveCount(4);
  await expectAccessible(app.page, "several entries selected");
  await app.page.keyboard.press("Escape");

  await log.list.focus();
  await app.page.keyboard.press("Home");
  await app.page.keyboard.press("Shift+ArrowDown");
  await app.page.keyboard.press("Shift+ArrowDown");
  await expect(log.count).toHaveText("3 of 5 entries selected");
  await app.page.keyboard.press("Escape");
  await expect(log.count).toHaveText("5 entries");
  await app.page.keyboard.press("ControlOrMeta+a");
  await expect(log.count).toHaveText("5 of 5 entries selected");

  await palette.run("Save 4 events as a scenario");
  const dialog = app.page.getByRole("dialog", { name: "Save as scenario" });
  await expect(dialog).toContainText("4 events, in the order in which they happened.");
  await expect(dialog).toContainText("1 entry without an event is left out.");
  await expect(dialog.getByLabel("Name")).toHaveValue("View, search and identity");
  await expect(dialog.getByRole("list", { name: "Steps" }).getByRole("listitem")).toContainText([
    "VIEW",
    "SEARCH",
    "VIEW",
    "IDENTITY",
  ]);
  await dialog.getByLabel("Name").fill("Looks for hats");
  await app.page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(app.page.getByRole("treegrid")).toContainText("SEARCH");
  await app.page.keyboard.press("F5");
  await expect(app.page.getByRole("toolbar", { name: "Run" })).toContainText("Passed");
});
