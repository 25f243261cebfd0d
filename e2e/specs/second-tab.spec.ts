import { expect, test } from "../fixtures/app";
import { pagesOf } from "../pages/pages";

test("a second start joins the first: its fresh address opens another tab on the same drafts and log", async ({
  app,
  context,
  host,
}) => {
  test.skip(host === "electron", "a desktop window comes to the front instead");
  const first = pagesOf(app.page);
  await first.composer.create("VIEW");
  const { stdout, code } = await app.bellhop(["open", "--no-open"]);
  expect(code).toBe(0);
  const address = /ready at (\S+)/.exec(stdout)?.[1] ?? "";

  const page = await context.newPage();
  await page.goto(address);
  const second = pagesOf(page);
  await expect(second.composer.tab("VIEW")).toBeVisible();

  await second.composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/second-tab" }');
  await expect(first.composer.editor.line("second-tab")).toBeVisible();
  await first.composer.send.click();
  await expect(second.log.row("VIEW", "201", "Processed")).toContainText("second-tab");

  const again = await context.newPage();
  const refused = await again.goto(address);
  expect(refused?.status()).toBe(403);
});
