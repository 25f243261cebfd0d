import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures/app";
import { startScriptedServer } from "../fixtures/scripted-server";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

test("each message type opens as a valid draft, which the sandbox takes and processes", async ({
  app: { page },
}) => {
  const { composer, log } = pagesOf(page);
  for (const type of ["VIEW", "IDENTITY", "ORDER_CHECKOUT", "ADD", "SEARCH", "CUSTOM"]) {
    await composer.create(type);
    await expect(composer.verdict).toContainText("The event fits the spec catalog.");
    await composer.send.click();
    await expect(composer.outcome, type).toContainText(/201 in .* processed/);
  }
  await expect(log.row("201", "Processed")).toHaveCount(6);
});

test("what is inherited need not be written, can be overridden and be inherited again", async ({
  app: { page },
}) => {
  const { composer, log } = pagesOf(page);
  await composer.create("VIEW");
  await composer.inherited.getByRole("button", { name: "Override pos" }).click();
  await expect(composer.editor.line('"pos": "bellhop"')).toBeVisible();
  await expect(composer.editor.text).toBeFocused();
  await composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/", "pos": "kiosk" }');
  await expect(composer.inherited.getByRole("listitem").filter({ hasText: "pos" })).toContainText(
    "overridden",
  );
  await composer.send.click();
  await log.row("VIEW", "201", "Processed").click();
  await log.entry.tab("Event").click();
  await expect(log.entry.panel).toContainText('"pos": "kiosk"');
  await expect(log.entry.panel).toContainText('"currency": "EUR"');

  await composer.inherited.getByRole("button", { name: "Use inherited pos" }).click();
  await expect(composer.editor.line("kiosk")).toHaveCount(0);
  await expect(composer.inherited.getByRole("button", { name: "Override pos" })).toBeVisible();
});

test("the guest stays the same until a new one is asked for, and an id that is typed in is marked", async ({
  app: { page },
}) => {
  const { composer, log } = pagesOf(page);
  await composer.create("VIEW");
  await expect(composer.guest).toContainText("No guest yet");
  await composer.send.click();
  await expect(composer.outcome).toContainText("201");
  await expect(composer.guest).toContainText("Visitor");
  await composer.send.click();
  await expect(log.row("VIEW", "201")).toHaveCount(2);
  await expect(log.row("browser/create")).toHaveCount(1);

  const before = await composer.guest.textContent();
  await composer.guest.getByRole("button", { name: "New guest" }).click();
  await expect(log.row("browser/create")).toHaveCount(2);
  await expect(composer.guest).not.toHaveText(before ?? "");

  await composer.useId.click();
  const dialog = page.getByRole("dialog", { name: "Use an id" });
  await dialog.getByLabel("Browser id").fill("c0ffee00-0000-4000-8000-000000000000");
  await dialog.getByRole("button", { name: "Use this id" }).click();
  await expect(composer.guest).toContainText("Typed-in id");
  await composer.send.click();
  // The sandbox has never seen that browser.
  await expect(log.row("VIEW", "404")).toHaveCount(1);
});

test("a JSON file opens as a draft, and a body is saved as a file", async ({ app: { page } }) => {
  const { composer, log, palette } = pagesOf(page);
  await composer.empty.waitFor();
  const chosen = page.waitForEvent("filechooser");
  await palette.run("Open a JSON file as a draft…");
  const event = { type: "SEARCH", search_term: "from a file" };
  await (
    await chosen
  ).setFiles({
    name: "search.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(event)),
  });
  await expect(composer.editor.line("from a file")).toBeVisible();
  await expect(composer.tab("SEARCH")).toBeVisible();
  await composer.send.click();
  await log.row("SEARCH", "201").click();
  await log.entry.tab("Request").click();
  const download = page.waitForEvent("download");
  await log.entry.region.getByRole("button", { name: "Save the request body as a file" }).click();
  const saved = JSON.parse(await readFile(await (await download).path(), "utf8")) as typeof event;
  expect(saved).toMatchObject(event);
});

test("a send that waits is in the log as pending, and ends as cancelled when it is", async ({ app }) => {
  const { composer, environments, log, workbench } = pagesOf(app.page);
  const server = await startScriptedServer(({ url }) =>
    url.includes("browser") ? { status: 200, body: '{"status":"OK","ref":"r"}' } : { hold: true },
  );
  const fields = ["--pos", "shop", "--currency", "EUR", "--language", "EN", "--channel", "WEB"];
  await app.bellhop(["env", "add", "slow", "--url", server.url, "--transport", "engage", ...fields]);
  await workbench.view("Environments").click();
  await environments.row("slow").click();
  await environments.credential.getByRole("button", { name: "Add" }).click();
  await environments.credentialDialog.getByLabel("Client key").fill("some-client-key");
  await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
  await workbench.switchTo("slow");
  await workbench.view("Compose").click();
  await composer.create("VIEW");
  await composer.send.click();
  await server.received(2);
  await expect(log.row("VIEW", "slow", "Waiting for an answer")).toHaveCount(1);
  await expect(composer.outcome).toContainText("Waiting for an answer");
  await expectAccessible(app.page, "a send under way");
  await app.page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(composer.outcome).toContainText("Cancelled; it may or may not have arrived");
  await expect(log.row("VIEW", "slow", "ABORTED", "Cancelled")).toHaveCount(1);
  await server.close();
});

test("in a small window the inspector lies over the editor when it is wanted, and nothing is cut off", async ({
  app: { page },
}) => {
  const { composer, log, workbench } = pagesOf(page);
  await composer.create("ORDER_CHECKOUT");
  await page.setViewportSize({ width: 1024, height: 640 });
  // The log's height is from the large window; the editor keeps its share.
  await expect.poll(async () => (await log.region.boundingBox())?.height ?? 640).toBeLessThan(300);
  await expect(composer.verdict).toBeHidden();
  await page.getByRole("button", { name: "Show the inspector" }).click();
  await expect(composer.verdict).toBeVisible();
  await expectAccessible(page, "a small window, with the inspector");
  await page.keyboard.press("Escape");
  await expect(composer.verdict).toBeHidden();
  await expect(composer.editor.text).toBeFocused();
  await expect(composer.send).toBeInViewport({ ratio: 1 });
  for (const view of ["Environments", "Settings", "Compose"] as const) {
    await workbench.view(view).click();
    const room = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return { width: scrollWidth - clientWidth, height: scrollHeight - clientHeight };
    });
    expect(room, view).toEqual({ width: 0, height: 0 });
    await expectAccessible(page, `a small window, ${view}`);
  }
});
