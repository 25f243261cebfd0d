import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

test("what is typed after Ctrl+F is looked for, and never lands in the event", async ({ app: { page } }) => {
  const { composer } = pagesOf(page);
  await composer.create("VIEW");
  await composer.editor.text.focus();
  const before = await composer.editor.content();
  const find = page.getByRole("dialog", { name: "Find" });
  for (const time of ["first", "second"]) {
    await page.keyboard.press("ControlOrMeta+F");
    await expect(find.getByRole("textbox", { name: "Find" }), `the ${time} time`).toBeFocused();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("summer");
    await expect(find).toContainText("of 2");
    await expectAccessible(page, "find in the event");
    await page.keyboard.press("Escape");
    await expect(composer.editor.text).toBeFocused();
    expect(await composer.editor.content()).toBe(before);
  }
});
