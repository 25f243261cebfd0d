import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

const view = (page: string, more = {}): string =>
  JSON.stringify({ type: "VIEW", page: `https://shop.example/${page}`, ...more });

for (const theme of ["dark", "light"] as const) {
  test(`many events are checked, sent by keyboard, and found in the log, ${theme}`, async ({
    app: { page },
  }) => {
    const { log, palette, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    const dialog = page.getByRole("dialog");
    await palette.run("Send many events");
    await expect(dialog.getByRole("textbox")).toBeFocused();
    await expectAccessible(page, "sending many: nothing given");

    const lines = Array.from({ length: 60 }, (_, index) => view(`page-${index}`));
    lines.splice(2, 0, '{"type": "VIEW",', view("wrong", { channel: 7 }));
    lines.push(view("nowhere", { pos: "no-such-shop" }));
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const buffer = Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`);
    await (await chooser).setFiles({ name: "visits.ndjson", mimeType: "application/x-ndjson", buffer });

    await expect(dialog.getByRole("status")).toHaveText(/61\s*valid\s*1\s*invalid\s*1\s*no event/);
    await expect(dialog.getByRole("row", { name: /^3 no event This is not JSON/ })).toBeVisible();
    await expect(dialog.getByRole("row", { name: /^4 VIEW \/channel/ })).toBeVisible();
    await dialog.getByRole("radio", { name: "Send them anyway" }).click();
    await expect(dialog.getByRole("button", { name: "Send 62 events to sandbox" })).toBeVisible();
    await dialog.getByRole("radio", { name: "Leave them out" }).click();
    await expectAccessible(page, "sending many: checked");
    const send = dialog.getByRole("button", { name: "Send 61 events to sandbox" });
    await send.focus();
    await page.keyboard.press("Enter");

    await expect(dialog.getByRole("status")).toHaveText(/^61 events sent to sandbox in /);
    const came = dialog.getByRole("list", { name: "What came of them" });
    await expect(came).toHaveText(/60\s*processed.*1\s*accepted, but failed or dropped.*2\s*left out/);
    await expect(dialog.getByRole("row", { name: /^1 Dropped: .* 63$/ })).toBeVisible();
    await expectAccessible(page, "sending many: sent");

    await dialog.getByRole("button", { name: "Show in log" }).click();
    await expect(dialog).toBeHidden();
    // The guest they share was made by a call of its own.
    await expect(log.count).toHaveText("61 of 62 entries");
    await expect(log.row("nowhere")).toContainText("visits.ndjson");
    await log.clearFilter.click();
    await expect(log.count).toHaveText("62 entries");
  });
}

/** Pastes as a person does who has nothing to type into. */
const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", given);
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);

test("a pasted list keeps a tenant's pace, asks before production, goes on without its dialog, and is cancelled", async ({
  app,
}) => {
  const { page } = app;
  const { environments, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  const fields = ["--pos", "bellhop", "--currency", "EUR", "--language", "EN", "--channel", "WEB"];
  const added = await app.bellhop(["env", "add", "live", "--url", url, ...fields, "--production"]);
  expect(added.code, added.stderr).toBe(0);
  await workbench.view("Environments").click();
  await environments.row("live").click();
  await environments.credential.getByRole("button", { name: "Add" }).click();
  await environments.credentialDialog.getByLabel("Client key").fill("sandbox");
  await environments.credentialDialog.getByLabel("API token").fill("sandbox");
  await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
  await expect(environments.credentialDialog).toBeHidden();
  await workbench.switchTo("live");

  const list = Array.from({ length: 400 }, (_, index) => view(`page-${index}`));
  await paste(page, `[${list.join(",\n")}]`);
  const dialog = page.getByRole("dialog", { name: "Send pasted events" });
  await expect(dialog.getByRole("radio", { name: "Events a second" })).toBeChecked();
  await expect(dialog.getByRole("textbox", { name: "Events a second" })).toHaveValue("5");
  await expect(dialog).toContainText("400 events take about 1 min 20 s.");
  await dialog.getByRole("button", { name: "Send 400 events to live" }).click();
  await expect(workbench.consent).toContainText("list of 400 events");
  await workbench.consent.getByRole("button", { name: "Cancel" }).click();
  await expect(workbench.consent).toBeHidden();
  await dialog.getByRole("button", { name: "Send 400 events to live" }).click();
  await workbench.consent.getByRole("button", { name: "Send to live" }).click();
  await expect(dialog).toContainText(/ of 400 events sent/);
  await expectAccessible(page, "sending many: under way");

  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: /^Sending \d+ of 400/ }).click();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog.getByRole("status")).toHaveText(/^Cancelled after \d+ of 400 events/);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: /^Sending/ })).toHaveCount(0);
});

test("what is no file of events is refused in words, and the next one can be given", async ({
  app: { page },
}) => {
  const { palette } = pagesOf(page);
  await palette.run("Send many events");
  const dialog = page.getByRole("dialog");
  const give = async (name: string, text: string): Promise<void> => {
    const chooser = page.waitForEvent("filechooser");
    await dialog.getByRole("button", { name: "Choose a file…" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  };
  await give("page.json", "<html></html>");
  await expect(dialog).toContainText("page.json, line 1: this is no event. An event begins with {");
  await dialog.getByRole("button", { name: "Other events…" }).click();
  await give("cut.json", `[${view("a")}, {"type": "VI`);
  await expect(dialog).toContainText("cut.json was cut off: it ends within a text.");
  await expect(dialog.getByRole("button", { name: "Send 1 event to sandbox" })).toBeVisible();
});
