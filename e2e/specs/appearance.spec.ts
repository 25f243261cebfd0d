import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

for (const theme of ["dark", "light"] as const) {
  test(`axe finds nothing in menus, palette and settings, ${theme}`, async ({ app: { page } }) => {
    const { composer, log, palette, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await composer.create("VIEW");
    await composer.send.click();
    await expect(log.row("VIEW", "201")).toHaveCount(1);

    await log.filter("Status").click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, "a menu of the log's filter");
    await page.keyboard.press("Escape");
    await log.search.fill("nothing like it");
    await expect(log.region).toContainText("No entry matches");
    await expectAccessible(page, "the log, no entry matches");
    await log.clearFilter.click();

    await palette.open();
    await expect(palette.lines).not.toHaveCount(0);
    await expectAccessible(page, "the palette");
    await page.keyboard.insertText("zzzz");
    await expect(palette.dialog).toContainText("Nothing fits");
    await expectAccessible(page, "the palette, nothing found");
    await page.keyboard.press("Escape");

    await workbench.environment.click();
    await expect(workbench.environments).toBeVisible();
    await expectAccessible(page, "the environment switcher");
    await page.keyboard.press("Escape");

    await composer.useId.click();
    await expectAccessible(page, "use an id");
    await page.keyboard.press("Escape");

    await workbench.view("Settings").click();
    await expect(page.getByRole("region", { name: "Settings" })).toBeVisible();
    await expectAccessible(page, "settings");
  });
}

test("the theme follows the choice at once, editor and all, and is kept", async ({ app }) => {
  const before = pagesOf(app.page);
  const shade = (): Promise<string> =>
    app.page.getByRole("banner").evaluate((element) => getComputedStyle(element).backgroundColor);
  await before.composer.create("VIEW");
  await before.workbench.chooseTheme("dark");
  const dark = await shade();
  const editorInDark = await before.composer.editor.background();
  await before.workbench.chooseTheme("light");
  await expect.poll(shade).not.toBe(dark);
  await expect.poll(() => before.composer.editor.background()).not.toBe(editorInDark);
  const light = await shade();

  await app.restart();
  await pagesOf(app.page).composer.tab("VIEW").waitFor();
  expect(await shade()).toBe(light);
});

test("a setting applies at once, is kept, and refuses what it cannot be", async ({ app }) => {
  const { workbench } = pagesOf(app.page);
  await workbench.view("Settings").click();
  const settings = app.page.getByRole("region", { name: "Settings" });
  await settings.getByRole("searchbox", { name: "Find a setting" }).fill("time-out");
  const timeout = settings.getByRole("textbox").last();
  const before = await timeout.inputValue();
  await timeout.fill("-5");
  await timeout.press("Enter");
  await expect(settings.getByRole("alert")).toBeVisible();
  await timeout.press("Escape");
  await expect(timeout).toHaveValue(before);
  await timeout.fill("4321");
  await timeout.press("Enter");
  await expect(settings.getByRole("alert")).toHaveCount(0);
  await app.restart();
  const again = app.page.getByRole("region", { name: "Settings" });
  await again.getByRole("searchbox", { name: "Find a setting" }).fill("time-out");
  await expect(again.getByRole("textbox").last()).toHaveValue("4321");
});
