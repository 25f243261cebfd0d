import { expect, test } from "../fixtures/app";
import { pagesOf } from "../pages/pages";

test("the palette opens views, drafts and entries", async ({ app: { page } }) => {
  const { composer, environments, log, palette } = pagesOf(page);
  await composer.empty.waitFor();
  await palette.run("New draft: SEARCH");
  await composer.editor.write('{ "type": "SEARCH", "search_term": "velvet curtains" }');
  await composer.send.click();
  await expect(log.row("SEARCH", "201")).toHaveCount(1);

  await palette.run("Go to Settings");
  await expect(page.getByRole("region", { name: "Settings" })).toBeVisible();
  await palette.run("Go to Environments");
  await expect(environments.list).toBeVisible();
  await expect(log.list).toBeHidden();

  // An entry by its words or number, from a view with the log collapsed.
  await palette.open();
  await page.keyboard.insertText("#velvet");
  await palette.lines.filter({ hasText: "velvet curtains" }).click();
  await expect(log.entry.verdict).toContainText("Accepted and processed");
  await palette.open();
  await page.keyboard.insertText("#1");
  await palette.lines.filter({ hasText: "#1," }).click();
  await expect(log.entry.region).toHaveAccessibleName("Entry 1, browser/create");

  await palette.open();
  await page.keyboard.insertText("search");
  await palette.dialog.getByRole("group", { name: "Drafts" }).getByRole("option").click();
  await expect(composer.tab("SEARCH")).toBeVisible();
});

test("every command of the palette runs without an error", async ({ app: { page } }) => {
  const { composer, palette } = pagesOf(page);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  // A file that is asked for is not chosen.
  page.on("filechooser", (chooser) => void chooser.setFiles([]));
  await composer.create("VIEW");
  await palette.open();
  await expect(palette.lines).not.toHaveCount(0);
  const titles = await palette.titles.allTextContents();
  await page.keyboard.press("Escape");
  expect(titles.length).toBeGreaterThan(25);

  // Of many of a kind one is enough.
  const kinds = new Map(titles.map((title) => [title.replace(/(: | to ).*/, "$1"), title]));
  for (const title of kinds.values()) {
    await palette.open();
    await palette.field.fill(title);
    // What a command before it has made senseless is not offered any more.
    const offered = (await palette.titles.allTextContents()).includes(title);
    await page.keyboard.press(offered ? "Enter" : "Escape");
    await expect(palette.dialog).toBeHidden();
    // The stage comes a moment later, and covers everything until it is left.
    if (offered && title.startsWith("Present ")) await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  }
  expect(errors).toEqual([]);
});
