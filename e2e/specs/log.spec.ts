import { expect, test, type App } from "../fixtures/app";
import { startScriptedServer } from "../fixtures/scripted-server";
import { pagesOf } from "../pages/pages";

const send = (app: App, ...args: string[]) => app.bellhop(["send", ...args]);

/** Sends the draft in front a few times, each once the one before is in the log. */
const sendTimes = async ({ page }: App, times: number): Promise<void> => {
  const { composer, log } = pagesOf(page);
  const before = await log.rows.count();
  // The first send makes the guest, which is an entry too.
  const first = before === 0 ? 2 : before + 1;
  for (let count = 0; count < times; count++) {
    await composer.send.click();
    await expect(log.count).toHaveText(new RegExp(`^${first + count} entries`));
    await expect(composer.outcome).toContainText("201");
  }
};

test("the log is filtered by environment, type, status, verdict and text, and cleared again", async ({
  app,
}) => {
  const { log } = pagesOf(app.page);
  // The first makes the guest that the others share, but for sandbox-engage.
  await send(app, "VIEW", "--set", "page=https://shop.example/shoes");
  await Promise.all([
    send(app, "IDENTITY", "--set", "email=ada", "--no-validate"),
    send(app, "VIEW", "--set", "page=https://shop.example/hats", "--set", "pos=nowhere"),
    send(app, "VIEW", "--env", "sandbox-engage"),
    send(app, "SEARCH", "--set", "search_term=hats", "--browser-id", "nobody"),
  ]);
  await expect(log.rows).toHaveCount(7);

  await log.narrow("Environment", "sandbox-engage");
  // Its guest is one of its own.
  await expect(log.rows).toHaveCount(2);
  await log.clearFilter.click();
  await expect(log.search).toBeFocused();
  await expect(log.rows).toHaveCount(7);

  await log.narrow("Type", "VIEW");
  await expect(log.rows).toHaveCount(3);
  await log.narrow("Type", "SEARCH");
  await expect(log.rows).toHaveCount(4);
  await log.clearFilter.click();

  await log.narrow("Status", "4xx, refused");
  await expect(log.rows).toHaveCount(1);
  await expect(log.row("SEARCH")).toContainText("404");
  await log.clearFilter.click();

  await log.narrow("Verdict", "Dropped");
  await expect(log.rows).toHaveCount(1);
  await expect(log.row("nowhere")).toHaveCount(1);
  await log.narrow("Verdict", "Failed");
  await expect(log.rows).toHaveCount(2);
  await log.clearFilter.click();

  await log.search.fill("shoes");
  await expect(log.rows).toHaveCount(1);
  await expect(log.count).toHaveText("1 of 7 entries");
  await log.search.fill("there is no such text");
  await expect(log.region).toContainText("No entry matches");
  await log.region.getByRole("button", { name: "Clear the filter" }).click();
  await expect(log.rows).toHaveCount(7);
});

test("an entry that fits the filter comes in while it is on, and one that does not stays out", async ({
  app,
}) => {
  const { composer, log } = pagesOf(app.page);
  await composer.create("VIEW");
  await sendTimes(app, 1);
  await log.narrow("Type", "VIEW");
  await expect(log.rows).toHaveCount(1);
  await composer.send.click();
  await expect(log.rows).toHaveCount(2);
  await composer.create("SEARCH");
  await composer.send.click();
  await expect(composer.outcome).toContainText("201");
  await expect(log.count).toHaveText("2 of 4 entries");
  await expect(log.rows).toHaveCount(2);
});

test("following stops when one scrolls up, and goes on at the end", async ({ app }) => {
  const { composer, log } = pagesOf(app.page);
  await composer.create("VIEW");
  await log.splitter.press("Home");
  await sendTimes(app, 5);
  const newest = log.list.locator(`[aria-rowindex="7"]`);
  await expect(newest).toBeInViewport();
  await expect(log.follow).toHaveAttribute("aria-pressed", "true");

  await log.list.hover();
  await app.page.mouse.wheel(0, -2000);
  await expect(log.follow).toHaveAttribute("aria-pressed", "false");
  const oldest = log.list.locator(`[aria-rowindex="2"]`);
  await expect(oldest).toBeInViewport();
  await composer.send.click();
  await expect(log.count).toHaveText("7 entries");
  await expect(oldest).toBeInViewport();

  await log.list.hover();
  await app.page.mouse.wheel(0, 2000);
  await expect(log.follow).toHaveAttribute("aria-pressed", "true");
  await composer.send.click();
  await expect(log.list.locator(`[aria-rowindex="9"]`)).toBeInViewport();
});

test("an entry is sent again as it was, and opens as a draft to be changed", async ({ app }) => {
  const { composer, log } = pagesOf(app.page);
  await composer.create("SEARCH");
  await composer.editor.write('{ "type": "SEARCH", "search_term": "velvet curtains" }');
  await sendTimes(app, 1);
  await log.row("SEARCH").click();
  await log.entry.resend.click();
  await expect(log.row("SEARCH", "201")).toHaveCount(2);
  await expect(log.entry.region).toContainText("sent again");
  await log.entry.tab("Event").click();
  await expect(log.entry.panel).toContainText("velvet curtains");

  await log.entry.editAsDraft.click();
  await expect(composer.tabs).toHaveCount(2);
  await expect(composer.editor.line("velvet curtains")).toBeVisible();
});

test("what is copied of an entry, as cURL or JSON, holds no secret", async ({ app }) => {
  const { composer, environments, log, palette, workbench } = pagesOf(app.page);
  const server = await startScriptedServer(() => ({ status: 201, body: '{"status":"OK","ref":"r"}' }));
  const fields = ["--pos", "shop", "--currency", "EUR", "--language", "EN", "--channel", "WEB"];
  expect((await app.bellhop(["env", "add", "qa", "--url", server.url, ...fields])).code).toBe(0);
  const secrets = ["canary-client-key-4711", "canary-api-token-0815"];
  await workbench.view("Environments").click();
  await environments.row("qa").click();
  await environments.credential.getByRole("button", { name: "Add" }).click();
  await environments.credentialDialog.getByLabel("Client key").fill(secrets[0] ?? "");
  await environments.credentialDialog.getByLabel("API token").fill(secrets[1] ?? "");
  await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
  await workbench.switchTo("qa");
  await workbench.view("Compose").click();
  await composer.create("VIEW");
  await composer.send.click();
  await log.row("VIEW", "qa", "201").click();

  // Pasting shows what is on the clipboard without a permission to read it.
  const pasted = async (): Promise<string> => {
    await palette.open();
    await app.page.keyboard.press("ControlOrMeta+V");
    await expect(palette.field).not.toHaveValue("");
    const text = await palette.field.inputValue();
    await app.page.keyboard.press("Escape");
    return text;
  };
  await log.entry.copyCurl.click();
  await expect(log.entry.said).toHaveText("Copied as cURL");
  const curl = await pasted();
  await log.entry.copyJson.click();
  await expect(log.entry.said).toHaveText("Copied as JSON");
  const json = await pasted();

  expect(curl).toContain("$BELLHOP_CLIENT_KEY_QA:$BELLHOP_API_TOKEN_QA");
  expect(curl).toContain(`${server.url}/v1.2/event/create.json`);
  expect(json).toContain("***(matches qa)");
  const encoded = Buffer.from(secrets.join(":")).toString("base64");
  for (const secret of [...secrets, encoded]) {
    expect(curl).not.toContain(secret);
    expect(json).not.toContain(secret);
  }
  await server.close();
});

test("the log is resized by mouse, collapsed to its newest entry, maximised, and stays so after a restart", async ({
  app,
}) => {
  const { composer, log } = pagesOf(app.page);
  await composer.create("VIEW");
  await sendTimes(app, 1);

  const heightOf = async (): Promise<number> => (await log.region.boundingBox())?.height ?? 0;
  const before = await heightOf();
  const handle = await log.splitter.boundingBox();
  if (!handle) throw new Error("There is no splitter.");
  const middle = handle.x + handle.width / 2;
  await app.page.mouse.move(middle, handle.y);
  await app.page.mouse.down();
  await app.page.mouse.move(middle, handle.y + 120, { steps: 4 });
  await app.page.mouse.up();
  await expect.poll(heightOf).toBe(before - 120);

  await log.maximise.click();
  await expect(composer.editor.text).toBeHidden();
  await expect(log.row("VIEW", "201")).toBeVisible();
  await log.putBack.click();
  await expect(composer.editor.text).toBeVisible();
  await expect.poll(heightOf).toBe(before - 120);

  await log.collapse.click();
  await expect(log.list).toBeHidden();
  await expect.poll(heightOf).toBe(36);
  await log.region.getByRole("button", { name: "VIEW" }).click();
  await expect(log.entry.verdict).toContainText("Accepted and processed");
  await expect.poll(heightOf).toBe(before - 120);

  await log.entry.close.click();
  await log.collapse.click();
  await expect(log.list).toBeHidden();
  await app.restart();
  const after = pagesOf(app.page).log;
  await expect(after.open).toBeVisible();
  await expect(after.list).toBeHidden();
  await after.open.click();
  await expect(after.row("VIEW", "201")).toBeVisible();
});
