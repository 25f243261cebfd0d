import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures/app";
import { pagesOf } from "../pages/pages";

/**
 * Whether a draft with this in its text stands in any file of the profile. A draft's text is kept as JSON, quotes
 * escaped, so the same words in an event of the log are not taken for it.
 */
const isDraftOnDisk = async (profile: string, text: string): Promise<boolean> => {
  const kept = JSON.stringify(text).slice(1, -1);
  const files = await readdir(profile, { withFileTypes: true });
  const bytes = await Promise.all(
    files.filter((file) => file.isFile()).map(({ name }) => readFile(join(profile, name))),
  );
  return bytes.some((content) => content.includes(kept));
};

test("after a restart the drafts, the open tabs, the log and the environment are as they were", async ({
  app,
}) => {
  const before = pagesOf(app.page);
  await before.composer.create("VIEW");
  await before.composer.create("SEARCH");
  await before.composer.create("IDENTITY");
  await before.composer.editor.write('{ "type": "IDENTITY", "email": "grace@example.com" }');
  await before.composer.tab("SEARCH").press("Delete");
  await expect(before.composer.tabs).toHaveCount(2);
  await before.composer.tab("IDENTITY").click();
  await before.composer.send.click();
  await expect(before.composer.outcome).toContainText("201");
  await before.workbench.switchTo("sandbox-engage");
  await expect.poll(() => isDraftOnDisk(app.profile, '"email": "grace@example.com"')).toBe(true);

  await app.restart();

  const after = pagesOf(app.page);
  await expect(after.workbench.environment).toHaveAccessibleName(/^Environment: sandbox-engage/);
  await expect(after.composer.tabs).toHaveText([/VIEW/, /IDENTITY/]);
  await expect(after.composer.tab("IDENTITY")).toHaveAttribute("aria-selected", "true");
  await expect(after.composer.drafts).toHaveCount(3);
  await expect(after.composer.editor.line("grace@example.com")).toBeVisible();
  await expect(after.log.row("IDENTITY", "201")).toHaveCount(1);
  await after.log.row("IDENTITY", "201").click();
  await after.log.entry.tab("Event").click();
  await expect(after.log.entry.panel).toContainText("grace@example.com");
});

test("after a crash of the host what was typed is there again", async ({ app }) => {
  const before = pagesOf(app.page);
  await before.composer.create("CUSTOM");
  await before.composer.editor.write('{ "type": "ROOM_SERVICE", "ext": { "dish": "soup of the day" } }');
  await before.composer.send.click();
  await expect(before.composer.outcome).toContainText("201");
  await expect.poll(() => isDraftOnDisk(app.profile, '"dish": "soup of the day"')).toBe(true);

  await app.crash();

  const after = pagesOf(app.page);
  await expect(after.composer.tabs).toHaveCount(1);
  await expect(after.composer.editor.line("soup of the day")).toBeVisible();
  await expect(after.log.row("ROOM_SERVICE", "201")).toHaveCount(1);
  await expect(after.log.row("Waiting for an answer")).toHaveCount(0);
});
