import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures/app";
import { siteOf } from "../fixtures/visitor";
import { pagesOf } from "../pages/pages";

test("a snapshot brings back what was, and asks before it does", async ({ app: { page } }) => {
  const { palette, sandbox, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await sandbox.open();
  const site = siteOf(url);
  expect(await site.send(await site.browser(), "VIEW")).toBe(201);
  await expect(sandbox.counter("Processed")).toHaveText("1");
  await sandbox.snapshotName.fill("one guest");
  await sandbox.snapshotName.press("Enter");
  await expect(sandbox.snapshot("one guest")).toContainText("1 guest, 1 event");
  await sandbox.stop.click();
  await sandbox.start.click();
  await expect(sandbox.snapshot("one guest")).toBeVisible();

  await sandbox.reset.click();
  await expect(sandbox.question).toContainText("Snapshots");
  await page.keyboard.press("Escape");
  await expect(sandbox.counter("Processed")).toHaveText("1");
  await sandbox.reset.click();
  await sandbox.agree();
  await expect(sandbox.counter("Processed")).toHaveText("0");
  await expect(sandbox.snapshot("one guest")).toBeVisible();

  await palette.run("Restore the snapshot one guest");
  await expect(sandbox.question).toContainText("Restore “one guest”?");
  await sandbox.agree();
  await expect(sandbox.counter("Processed")).toHaveText("1");

  await sandbox.snapshot("one guest").getByRole("button", { name: "Remove one guest" }).click();
  await sandbox.agree();
  await expect(sandbox.snapshots).toContainText("None yet");
});

test("the state goes out as a file and comes in again, and a wrong file is refused", async ({ app }) => {
  const { page } = app;
  const { sandbox, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await sandbox.open();
  const site = siteOf(url);
  expect(await site.send(await site.browser(), "VIEW")).toBe(201);
  await expect(sandbox.counter("Guests")).toHaveText("1");
  const downloading = page.waitForEvent("download");
  await sandbox.exportState.click();
  const download = await downloading;
  const file = join(app.workspace, "state.json");
  await download.saveAs(file);
  expect(JSON.parse(await readFile(file, "utf8"))).toBeTruthy();

  await sandbox.reset.click();
  await sandbox.agree();
  await expect(sandbox.counter("Guests")).toHaveText("0");

  const wrong = join(app.workspace, "wrong.json");
  await writeFile(wrong, "[]");
  await sandbox.importFile.setInputFiles(wrong);
  await expect(sandbox.question).toContainText("Import wrong.json?");
  await sandbox.question.getByRole("button", { name: "Import" }).click();
  await expect(sandbox.question.getByRole("alert")).toBeVisible();
  await page.keyboard.press("Escape");

  await sandbox.importFile.setInputFiles(file);
  await sandbox.agree();
  await expect(sandbox.counter("Guests")).toHaveText("1");
});
