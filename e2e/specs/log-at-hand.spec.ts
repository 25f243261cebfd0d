import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, type App } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** Five entries: the guest's, and four events. */
const sendSome = async (app: App): Promise<void> => {
  await app.bellhop(["send", "VIEW", "--set", "page=https://shop.example/"]);
  await app.bellhop(["send", "SEARCH", "--set", "search_term=hats"]);
  await app.bellhop(["send", "VIEW", "--set", "page=https://shop.example/hats"]);
  await app.bellhop(["send", "IDENTITY", "--set", "email=ada@lovelace.example"]);
  await expect(pagesOf(app.page).log.rows).toHaveCount(5);
};

const typesInShell = async (app: App): Promise<string[]> => {
  const { stdout } = await app.bellhop(["log", "--json"]);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { type: string }).type);
};

test("entries are deleted by keyboard, here and in the shell, and come back until the time is over", async ({
  app,
}) => {
  const { log, palette } = pagesOf(app.page);
  await sendSome(app);
  await log.row("SEARCH").click();
  await app.page.keyboard.press("Delete");
  await expect(log.rows).toHaveCount(4);
  // The one that takes its place is chosen, and the keyboard goes on from there.
  await expect(log.list).toBeFocused();
  await expect(log.entry.region).toHaveAccessibleName("Entry 4, VIEW");
  await expect(log.region.getByText("Deleted 1 entry.")).toBeVisible();
  await expectAccessible(app.page, "deleted entries, dark");
  await app.page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(app.page, "deleted entries, light");
  expect(await typesInShell(app)).not.toContain("SEARCH");
  await app.page.keyboard.press("ControlOrMeta+z");
  await expect(log.rows).toHaveCount(5);
  expect(await typesInShell(app)).toContain("SEARCH");

  await log.narrow("Type", "VIEW");
  await expect(log.rows).toHaveCount(2);
  await palette.run("Delete the entries that fit the filter");
  await expect(log.region).toContainText("No entry matches");
  await log.clearFilter.click();
  await expect(log.rows).toHaveCount(3);
  await log.region.getByRole("button", { name: "Undo" }).click();
  await expect(log.rows).toHaveCount(5);

  await log.row("SEARCH").click();
  await app.page.keyboard.press("Delete");
  await expect(log.rows).toHaveCount(4);
  await app.restart();
  await expect(pagesOf(app.page).log.rows).toHaveCount(4);
  expect(await typesInShell(app)).not.toContain("SEARCH");
});

test("entries go into files, from the window and from the shell", async ({ app }) => {
  const { log, palette } = pagesOf(app.page);
  await sendSome(app);
  await log.row("SEARCH").click();
  await log.row("IDENTITY").click({ modifiers: ["Shift"] });
  await log.region.getByRole("button", { name: "Export as" }).click();
  const [selection] = await Promise.all([
    app.page.waitForEvent("download"),
    app.page.getByRole("menuitem", { name: "NDJSON" }).click(),
  ]);
  expect(selection.suggestedFilename()).toMatch(/^bellhop-log-\d{4}-\d\d-\d\d\.ndjson$/);
  const lines = (await readFile(await selection.path(), "utf8")).trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
    "SEARCH",
    "VIEW",
    "IDENTITY",
  ]);
  await log.list.press("Escape");

  await log.narrow("Type", "VIEW");
  const [filtered] = await Promise.all([
    app.page.waitForEvent("download"),
    palette.run("Export the log as HAR 1.2"),
  ]);
  const har = JSON.parse(await readFile(await filtered.path(), "utf8")) as { log: { entries: unknown[] } };
  expect(har.log.entries).toMatchObject([{ response: { status: 201 } }, { response: { status: 201 } }]);

  const file = join(app.workspace, "out", "log.har");
  const done = await app.bellhop(["export", "--filter", "type:VIEW", "--format", "har", "--out", file]);
  expect(done).toMatchObject({ code: 0, stdout: `${file}\n` });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(har);
  const curl = await app.bellhop(["export", "--filter", "SEARCH", "--format", "curl", "--out", "-"]);
  expect(curl.stdout.match(/^curl /gm)).toHaveLength(1);
  expect(curl.stdout).toContain("'sandbox:sandbox'");
  const refused = await app.bellhop(["export", "--format", "har", "--out", join(file, "below-a-file")]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("cannot be written");
});

test("columns are chosen, ordered and sized by keyboard and by mouse, and stay so after a restart", async ({
  app,
}) => {
  const { log, palette } = pagesOf(app.page);
  await sendSome(app);
  const heads = log.list.getByRole("columnheader");
  await palette.run("Choose the columns of the log");
  const dialog = app.page.getByRole("dialog", { name: "Columns of the log" });
  await dialog.getByRole("checkbox", { name: "Type" }).focus();
  for (let times = 0; times < 3; times++) await app.page.keyboard.press("Alt+ArrowUp");
  await expect(dialog.getByRole("checkbox", { name: "Type" })).toBeFocused();
  await dialog.getByRole("checkbox", { name: "Source" }).press("Space");
  await dialog.getByRole("checkbox", { name: "Number" }).press("Space");
  await dialog.getByLabel("Width of Type").fill("200");
  await app.page.keyboard.press("Enter");
  await expectAccessible(app.page, "columns, dark");
  await app.page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(app.page, "columns, light");
  await app.page.keyboard.press("Escape");
  await expect(heads).toHaveText([
    ...["Type", "Time", "Direction", "Environment", "Summary", "Status", "Verdict", "Latency", "Number"],
  ]);
  const width = async (): Promise<number> => Math.round((await heads.first().boundingBox())?.width ?? 0);
  await expect.poll(width).toBe(200);

  const edge = await heads.first().boundingBox();
  if (!edge) throw new Error("There is no head.");
  await app.page.mouse.move(edge.x + edge.width + 4, edge.y + 8);
  await app.page.mouse.down();
  await app.page.mouse.move(edge.x + edge.width - 36, edge.y + 8, { steps: 4 });
  await app.page.mouse.up();
  await expect.poll(width).toBe(160);
  await heads.filter({ hasText: "Number" }).dragTo(heads.filter({ hasText: "Time" }));
  await expect(heads.nth(1)).toHaveText("Number");

  await app.restart();
  const after = pagesOf(app.page).log.list.getByRole("columnheader");
  await expect(after.nth(0)).toHaveText("Type");
  await expect(after.nth(1)).toHaveText("Number");
});

test("a retention says what it would delete before it does", async ({ app }) => {
  const { log, palette } = pagesOf(app.page);
  await sendSome(app);
  await palette.run("Size of the log, and how long entries are kept");
  const dialog = app.page.getByRole("dialog", { name: "Size and retention of the log" });
  await expect(dialog).toContainText("5 entries since");
  await expect(dialog).toContainText("Every entry is kept.");
  await dialog.getByLabel("Days to keep").fill("30");
  await expect(dialog).toContainText("Nothing is deleted now");
  await expectAccessible(app.page, "size of the log");
  await dialog.getByLabel("Days to keep").fill("three");
  await expect(dialog).toContainText("A whole number up to 3,650, or nothing.");
  await expect(dialog.getByRole("button", { name: "Keep it so" })).toBeDisabled();
  await dialog.getByLabel("Days to keep").fill("");
  await dialog.getByLabel("Megabytes to keep").fill("1000");
  await app.page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await palette.run("Size of the log, and how long entries are kept");
  await expect(dialog.getByLabel("Megabytes to keep")).toHaveValue("1000");
  await app.page.keyboard.press("Escape");
  await expect(log.rows).toHaveCount(5);
});
