import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** The line of a window that is about to open to its host, which can hold back what is said on it in both directions. */
const slowLine = async (page: Page) => {
  const held: { text: string; pass(): void }[] = [];
  let holding = false;
  const through = (text: string, pass: () => void): void => {
    if (holding) held.push({ text, pass });
    else pass();
  };
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => through(String(message), () => server.send(message)));
    server.onMessage((message) => through(String(message), () => socket.send(message)));
  });
  return {
    hold: (): void => void (holding = true),
    release(): void {
      holding = false;
      held.splice(0).forEach(({ pass }) => pass());
    },
    /** Waits until something is held back that says this. */
    waiting: (words: RegExp) => expect.poll(() => held.some(({ text }) => words.test(text))).toBe(true),
  };
};

for (const theme of ["dark", "light"] as const) {
  test(`by keyboard alone, ${theme}: drafts are found, ordered, duplicated and had back, and one becomes a template`, async ({
    app: { page },
  }) => {
    const { composer, drafts, palette } = pagesOf(page);
    await composer.empty.waitFor();
    await palette.run(`Theme: ${theme}`);
    for (const type of ["VIEW", "SEARCH", "ADD"]) await palette.run(`New draft: ${type}`);
    await drafts.expectOrder("Add to cart", "Search", "Page view");

    await composer.draft("Page view").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await drafts.expectOrder("Add to cart", "Page view", "Search");
    await expect(composer.draft("Page view")).toBeFocused();
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.press("Alt+ArrowUp");
    await drafts.expectOrder("Page view", "Add to cart", "Search");
    await page.keyboard.press("ControlOrMeta+D");
    await drafts.expectOrder("Page view", "Page view 2", "Add to cart", "Search");
    await expect(composer.editor.text).toBeFocused();

    // Deleted one after the other, and had back one after the other, each in its place.
    await composer.draft("Page view 2").focus();
    await page.keyboard.press("Delete");
    await expect(composer.draft("Add to cart")).toBeFocused();
    await page.keyboard.press("Delete");
    await drafts.expectOrder("Page view", "Search");
    await expect(drafts.undoable).toContainText("Deleted “Add to cart”.");
    await expectAccessible(page, "drafts deleted");
    await page.keyboard.press("ControlOrMeta+Z");
    await page.keyboard.press("ControlOrMeta+Z");
    await drafts.expectOrder("Page view", "Page view 2", "Add to cart", "Search");
    await expect(drafts.undo).toHaveCount(0);

    // A search looks into the texts, too.
    await page.keyboard.press("Alt+S");
    await expect(drafts.search).toBeFocused();
    await page.keyboard.type("search_term");
    await drafts.expectOrder("Search");
    await expectAccessible(page, "drafts searched");
    await page.keyboard.press("Enter");
    await expect(composer.tab("SEARCH")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Alt+S");
    await page.keyboard.press("Escape");
    await drafts.expectOrder("Page view", "Page view 2", "Add to cart", "Search");

    // A template is kept, named anew, deleted and had back, and begins a draft.
    await palette.run("Save the draft as a template…");
    await expect(drafts.templateDialog.getByLabel("Name")).toBeFocused();
    await expectAccessible(page, "save as template");
    await page.keyboard.type("Room search");
    await page.keyboard.press("Enter");
    await expect(drafts.templates).toHaveText(["Room searchSEARCH"]);
    await drafts.templates.getByRole("button").first().focus();
    await page.keyboard.press("F2");
    await page.keyboard.type("Find a room");
    await page.keyboard.press("Enter");
    await expect(drafts.templates).toHaveText(["Find a roomSEARCH"]);
    await expect(drafts.templates.getByRole("button").first()).toBeFocused();
    await page.keyboard.press("Delete");
    await expect(drafts.templates).toHaveCount(0);
    await expect(drafts.undoable).toContainText("Deleted the template “Find a room”.");
    await drafts.undo.focus();
    await page.keyboard.press("Enter");
    await expect(drafts.templates).toHaveCount(1);
    await page.keyboard.press("Alt+N");
    await expect(page.getByRole("menu").getByRole("menuitem", { name: /Find a room/ })).toBeFocused();
    await expectAccessible(page, "the menu of new drafts, with a template");
    await page.keyboard.press("Enter");
    await drafts.expectOrder("Find a room", "Page view", "Page view 2", "Add to cart", "Search");
    await expect(composer.editor.text).toBeFocused();
  });
}

test("what is pasted, dropped or opened becomes drafts: one at once, several after a question", async ({
  app: { page },
}) => {
  const { composer, drafts, log, palette } = pagesOf(page);
  await composer.empty.waitFor();
  await drafts.paste('{ "type": "VIEW", "page": "https://shop.example/pasted" }');
  await expect(composer.editor.line("https://shop.example/pasted")).toBeVisible();
  await composer.send.click();
  await log.row("VIEW", "201", "Processed").click();

  await drafts.search.focus();
  await page.keyboard.press("Tab");
  await drafts.paste('[{ "type": "ADD" }, { "type": "SEARCH", "client_key": "very-secret-key" }, 7]');
  await expect(drafts.given).toContainText("Item 3 is a single value, not an event.");
  await expect(drafts.given).toContainText("The client key was left out");
  await expect(drafts.given.getByRole("button", { name: "Send them all…" })).toBeVisible();
  await drafts.given.getByRole("checkbox", { name: /^ADD/ }).uncheck();
  await expectAccessible(page, "events to choose from");
  await drafts.given.getByRole("button", { name: "Make the draft" }).click();
  await drafts.expectOrder("Search", "Page view");
  await expect(composer.editor.line("very-secret-key")).toHaveCount(0);

  await drafts.drop(composer.editor.text, { "late arrival.json": '{ "type": "NIGHT_BELL" }' });
  await expect(composer.tab("late arrival")).toHaveAttribute("aria-selected", "true");
  await drafts.drop(composer.editor.text, { "broken.json": '{\n  "type": "VIEW",\n}' });
  await expect(drafts.given.getByRole("alert")).toContainText(
    "broken.json: This is not JSON. Line 3, column 1",
  );
  await expectAccessible(page, "a file that is not JSON");
  await page.keyboard.press("Escape");

  await palette.run("New drafts from JSON or cURL…");
  await page.keyboard.insertText(
    `curl https://api.example/v1.2/events --data-raw '{"type":"ADD","sku":"It'\\''s"}'`,
  );
  await page.keyboard.press("Tab");
  await drafts.given.getByRole("button", { name: "Make the draft" }).press("Enter");
  await expect(composer.editor.line('"sku": "It\'s"')).toBeVisible();
  await drafts.expectOrder("Add to cart", "late arrival", "Search", "Page view");
});

test("a draft shows what was sent from it, also after a restart, and is compared with any entry by keyboard", async ({
  app,
}) => {
  const before = pagesOf(app.page);
  await before.composer.create("SEARCH");
  await before.composer.send.click();
  await expect(before.log.row("SEARCH", "201")).toHaveCount(1);
  await before.composer.create("VIEW");
  await before.composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/one" }');
  await expect(before.drafts.sent).toHaveCount(0);
  await before.composer.send.click();
  await expect(before.composer.outcome).toContainText("201");
  await before.composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/two" }');
  await before.composer.send.click();
  await expect(before.drafts.sent).toHaveCount(2);

  await app.restart();

  const { page } = app;
  const { composer, drafts, log } = pagesOf(page);
  await expect(drafts.sent).toHaveCount(2);
  await expect(drafts.sent.first().getByRole("button").first()).toHaveAccessibleName(/201 in .*, sandbox$/);
  await expectAccessible(page, "what was sent from a draft");
  await drafts.sent.last().getByRole("button").first().click();
  await log.entry.tab("Event").click();
  await expect(log.entry.panel).toContainText("https://shop.example/one");

  // From the draft: the arrows choose the entry, a search any other.
  await composer.editor.text.focus();
  await page.keyboard.press("Alt+C");
  await expect(drafts.comparison.getByRole("searchbox")).toBeFocused();
  await expect(drafts.entries).toHaveCount(3);
  await page.keyboard.press("ArrowDown");
  await expect(drafts.comparison.getByText("No difference.")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(drafts.comparison.getByText("1 difference: /page changed.")).toBeVisible();
  await expect(drafts.compared).toContainText("from this draft");
  await expect(drafts.comparison.getByText("https://shop.example/one").first()).toBeVisible();
  await expectAccessible(page, "a draft beside an entry");
  await page.keyboard.type("SEARCH");
  await expect(drafts.entries).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(drafts.comparison.getByText(/\/type changed/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drafts.comparison).toBeHidden();

  // From the entry.
  await log.entry.region.getByRole("button", { name: "Compare with a draft" }).click();
  await expect(drafts.comparison.getByText("1 difference: /page changed.")).toBeVisible();
});

test("two windows that change one draft at once lose nothing", async ({ app, context, host }) => {
  test.skip(host === "electron", "a desktop window comes to the front instead");
  const first = pagesOf(app.page);
  await first.composer.create("VIEW");
  const { stdout } = await app.bellhop(["open", "--no-open"]);
  const page = await context.newPage();
  const line = await slowLine(page);
  await page.goto(/ready at (\S+)/.exec(stdout)?.[1] ?? "");
  const second = pagesOf(page);
  await expect(second.composer.tab("VIEW")).toBeVisible();

  // What each types is not known to the other yet.
  line.hold();
  await second.composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/second-window" }');
  await first.composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/first-window" }');
  await line.waiting(/second-window/);
  await first.drafts.search.fill("first-window");
  await first.composer.send.click();
  await expect(first.composer.outcome).toContainText("201");
  line.release();
  await expect(page.getByText("Page view was changed in two windows at once.")).toBeVisible();
  for (const { drafts } of [first, second]) {
    for (const text of ["first-window", "second-window"]) {
      await drafts.search.fill(text);
      await expect(drafts.rows).toHaveCount(1);
    }
    await drafts.search.fill("");
  }
  await expect(second.composer.editor.line("second-window")).toBeVisible();

  // The order is one for all windows, by mouse as well.
  await second.drafts.expectOrder("Page view (other window)", "Page view");
  await first.drafts.rows.last().dragTo(first.drafts.rows.first(), { targetPosition: { x: 40, y: 2 } });
  await second.drafts.expectOrder("Page view", "Page view (other window)");
});
