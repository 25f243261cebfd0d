import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** Presses F6 until the focus is in a pane. */
const goToPane = async (page: Page, pane: Locator): Promise<void> => {
  for (let presses = 0; presses < 10; presses++) {
    if (await pane.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press("F6");
  }
  throw new Error("F6 does not lead there.");
};

/** Presses Tab, or Shift+Tab, until something has the focus. */
const tabTo = async (page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> => {
  await target.waitFor();
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead there.`);
};

for (const theme of ["dark", "light"] as const) {
  test(`by keyboard alone, ${theme}: compose with completion, find the mistake, send, and read the log`, async ({
    app: { page },
  }) => {
    const { composer, log, palette } = pagesOf(page);
    await composer.empty.waitFor();
    await palette.run(`Theme: ${theme}`);
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);

    // A new VIEW from the menu of types.
    await page.keyboard.press("Alt+N");
    await expect(page.getByRole("menu").getByRole("menuitem", { name: /^VIEW/ })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(composer.editor.text).toBeFocused();
    await expectAccessible(page, "compose, a draft with the focus");

    // Completion of a name; what is inherited need not be written, so it is not offered.
    await composer.editor.write('{ "type": "VIEW", "ext": {},  }');
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ControlOrMeta+Space");
    await expect(composer.editor.suggestions.getByRole("option")).toHaveCount(1);
    await expect(composer.editor.suggestions.getByRole("option")).toHaveAccessibleName(/^page/);
    await expectAccessible(page, "completion of a name");
    await page.keyboard.press("Enter");
    await expect(composer.editor.line('"page"')).toBeVisible();
    await page.keyboard.press("Escape");

    // Completion of the values that a field takes, one that is inherited too.
    await composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/", "channel": }');
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ControlOrMeta+Space");
    await expect(composer.editor.suggestions.getByRole("option", { name: /MOBILE_APP/ })).toBeVisible();
    await expectAccessible(page, "completion of a value");
    await page.keyboard.press("Enter");
    await expect(composer.editor.suggestions).toBeHidden();
    await expect(composer.verdict).toContainText("The event fits the spec catalog.");

    // What the field means.
    await composer.editor.moveBehind('"chan');
    await page.keyboard.press("F1");
    await expect(composer.editor.hover).toContainText("Where the guest is");
    await page.keyboard.press("Escape");

    // A broken field: its mark, its sentence, and the key that leads there.
    await composer.editor.write('{ "type": "VIEW", "page": "shop", "channel": "FAX" }');
    await expect(composer.issues).toHaveCount(2);
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("F8");
    await expect(composer.editor.problem).toContainText(/\/page must be a full address|\/channel/);
    await page.keyboard.press("Escape");

    // An invalid event asks first; Escape takes it back.
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(composer.question).toBeVisible();
    await expect(
      composer.question.getByRole("button", { name: "Go back to the first mistake" }),
    ).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(composer.question).toBeHidden();

    await composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/sale" }');
    await expect(composer.issues).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+Shift+Enter");
    await expect(composer.request).toContainText("/v1.2/event/create.json");
    await page.keyboard.press("ControlOrMeta+Shift+Enter");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(composer.outcome).toContainText(/201 in .* processed/);

    // The log: F6 to it, the arrows choose, Enter goes in, Escape comes back.
    await goToPane(page, log.region);
    await tabTo(page, log.list);
    await page.keyboard.press("ArrowUp");
    await expect(log.entry.verdict).toContainText("Accepted and processed");
    await page.keyboard.press("ArrowUp");
    await expect(log.entry.region).toHaveAccessibleName(/browser\/create/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(log.entry.tab("Verdict")).toBeFocused();
    for (const part of ["Event", "Request", "Response", "Timings"] as const) {
      await page.keyboard.press("ArrowRight");
      await expect(log.entry.tab(part)).toBeFocused();
      await expect(log.entry.panel).toBeVisible();
    }
    await expectAccessible(page, "an entry by keyboard");
    await tabTo(page, log.entry.resend, "Shift+Tab");
    await page.keyboard.press("Enter");
    await expect(log.row("VIEW", "201")).toHaveCount(2);
    await page.keyboard.press("Escape");
    await expect(log.entry.region).toBeHidden();
    await expect(log.list).toBeFocused();

    // Filter, search and clear.
    await page.keyboard.press("ControlOrMeta+Shift+F");
    await expect(log.search).toBeFocused();
    await page.keyboard.type("nothing like it");
    await expect(log.region).toContainText("No entry matches");
    await page.keyboard.press("Escape");
    await expect(log.rows).toHaveCount(3);
    await tabTo(page, log.filter("Type"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.type("V");
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await expect(log.rows).toHaveCount(2);
    await palette.run("Clear the log's filter");
    await expect(log.rows).toHaveCount(3);
  });
}

test("by keyboard alone: an environment is added with its credential, checked, used and removed", async ({
  app: { page },
}) => {
  const { composer, environments, log, palette, workbench } = pagesOf(page);
  await composer.empty.waitFor();
  const url = await workbench.sandboxUrl();
  await page.keyboard.press("ControlOrMeta+5");
  await palette.run("Add an environment");
  await expect(environments.name).toBeFocused();
  await page.keyboard.type("live");
  await tabTo(page, environments.baseUrl);
  await page.keyboard.type(url);
  await tabTo(page, environments.field("pos"));
  await page.keyboard.type("bellhop");
  await page.keyboard.press("Tab");
  await page.keyboard.type("EUR");
  await page.keyboard.press("Tab");
  await page.keyboard.type("EN");
  await tabTo(page, environments.production);
  await page.keyboard.press("Space");
  await expect(environments.production).toBeChecked();
  await tabTo(page, environments.save);
  await page.keyboard.press("Enter");
  await expect(environments.row("live")).toBeVisible();

  await tabTo(page, environments.credential.getByRole("button", { name: "Add" }));
  await page.keyboard.press("Enter");
  await expect(environments.credentialDialog.getByLabel("Client key")).toBeFocused();
  await page.keyboard.type("sandbox");
  await page.keyboard.press("Tab");
  await page.keyboard.type("sandbox");
  await page.keyboard.press("Enter");
  await expect(environments.credentialDialog).toBeHidden();
  await expect(environments.request).toContainText("***(matches live)");

  await palette.run("Switch to live");
  await expect(workbench.environment).toContainText("PRODUCTION");
  await palette.run("New draft: VIEW");
  await expect(composer.editor.text).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(workbench.consent.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(workbench.consent.getByRole("button", { name: "Send to live" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(log.row("VIEW", "live", "201")).toHaveCount(1);

  await page.keyboard.press("ControlOrMeta+5");
  await goToPane(page, page.getByRole("region", { name: "live" }));
  await tabTo(page, environments.remove);
  await page.keyboard.press("Enter");
  await expect(environments.removal.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(environments.row("live")).toHaveCount(0);
});

test("by keyboard alone: drafts are renamed, closed, deleted and had back", async ({ app: { page } }) => {
  const { composer, palette } = pagesOf(page);
  await composer.empty.waitFor();
  await palette.run("New draft: VIEW");
  await palette.run("New draft: SEARCH");
  await expect(composer.tabs).toHaveCount(2);
  await expect(composer.editor.text).toBeFocused();
  await page.keyboard.press("Alt+PageUp");
  await expect(composer.tab("VIEW")).toHaveAttribute("aria-selected", "true");

  await goToPane(page, page.getByRole("region", { name: "Drafts" }));
  await tabTo(page, composer.draft("Page view"));
  await page.keyboard.press("F2");
  await page.keyboard.type("Landing page");
  await page.keyboard.press("Enter");
  await expect(composer.draft("Landing page")).toBeFocused();
  await expect(composer.tab("Landing page")).toBeVisible();

  await page.keyboard.press("Delete");
  await expect(composer.drafts).toHaveCount(1);
  await tabTo(page, page.getByRole("button", { name: "Undo" }));
  await page.keyboard.press("Enter");
  await expect(composer.draft("Landing page")).toBeVisible();

  await palette.run("Landing page");
  await page.keyboard.press("Alt+W");
  await expect(composer.tab("Landing page")).toHaveCount(0);
  await expect(composer.drafts).toHaveCount(2);
});

test("by keyboard alone: panes are reached with F6, resized with arrows, and the sandbox is stopped", async ({
  app: { page },
}) => {
  const { composer, log, palette, sandbox, workbench } = pagesOf(page);
  await composer.empty.waitFor();
  const heightOf = async (): Promise<number> => (await log.region.boundingBox())?.height ?? 0;
  const before = await heightOf();
  await goToPane(page, log.region);
  await tabTo(page, log.splitter, "Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await expect.poll(heightOf).toBe(before - 8);
  await page.keyboard.press("Enter");
  await expect.poll(heightOf).toBe(before);

  await page.keyboard.press("ControlOrMeta+Shift+J");
  await expect(composer.empty).toBeHidden();
  await page.keyboard.press("ControlOrMeta+Shift+J");
  await expect(composer.empty).toBeVisible();

  await palette.run("Stop the sandbox");
  await expect(workbench.sandbox).toHaveText("Sandbox stopped");
  await goToPane(page, workbench.status);
  await tabTo(page, workbench.sandbox);
  await page.keyboard.press("Enter");
  await expect(sandbox.state).toContainText("You stopped it");
  await expect(sandbox.start).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(workbench.sandbox).toContainText("Sandbox running on");
  await expect(sandbox.stop).toBeFocused();
});
