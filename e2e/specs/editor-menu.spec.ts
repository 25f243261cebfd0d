import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("the editor's menu opens by mouse and by keyboard, and gives the focus back", async ({
  app: { page },
}) => {
  const { composer } = pagesOf(page);
  await composer.create("VIEW");
  const menu = page.getByRole("menu", { name: "Actions of the editor" });
  await composer.editor.token('"page"').click({ button: "right" });
  await expect(menu.getByRole("menuitem")).toHaveText([/^Cut/, /^Copy/, /^Paste/, /^Find/, /^Format/]);
  await expectAccessible(page, "the editor's menu");
  await page.keyboard.press("Escape");
  await expect(composer.editor.text).toBeFocused();

  await composer.editor.write('{"type":"VIEW","page":"https://shop.example/"}');
  await page.keyboard.press("Shift+F10");
  await menu.getByRole("menuitem", { name: "Format" }).click();
  await expect(composer.editor.line('"type": "VIEW",')).toBeVisible();
  await expect(composer.editor.text).toBeFocused();

  await page.keyboard.press("ControlOrMeta+A");
  const before = await composer.editor.content();
  await page.keyboard.press("Shift+F10");
  await menu.getByRole("menuitem", { name: "Cut" }).click();
  await expect.poll(() => composer.editor.content()).toBe("");
  await page.keyboard.press("Shift+F10");
  await menu.getByRole("menuitem", { name: "Paste" }).click();
  await expect.poll(() => composer.editor.content()).toBe(before);

  await page.keyboard.press("Shift+F10");
  await menu.getByRole("menuitem", { name: "Find" }).click();
  await expect(page.getByRole("textbox", { name: "Find" })).toBeFocused();
});
