import { expect, test } from "../fixtures/app";
import { siteOf } from "../fixtures/visitor";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** Sends a page view of a new browser, as a site does. @returns the status of the answer */
const view = async (url: string, pos: string, fields: object = {}): Promise<number> => {
  const site = siteOf(url);
  return site.send(await site.browser(), "VIEW", { pos, ...fields });
};

for (const theme of ["dark", "light"] as const) {
  test(`axe finds nothing in the sandbox's view, ${theme}`, async ({ app: { page } }) => {
    const { sandbox, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await workbench.sandboxUrl();
    await sandbox.open();
    await expect(sandbox.points).toHaveCount(2);
    await expectAccessible(page, "the sandbox, its configuration as a form");
    await sandbox.field("Delay").fill("soon");
    await sandbox.field("Delay").press("Enter");
    await expect(sandbox.document.getByRole("alert")).toBeVisible();
    await expectAccessible(page, "the sandbox, a value that cannot be");
    await sandbox.edit("Configuration", "YAML");
    await sandbox.write("delay: soon");
    await sandbox.apply.click();
    await expect(sandbox.document.getByRole("alert")).toContainText("Line 1, column 8");
    await expectAccessible(page, "the sandbox, its configuration as YAML, refused");
    await sandbox.edit("Faults", "Form");
    await sandbox.newFault.getByRole("button", { name: "Add the fault" }).click();
    await expect(sandbox.faults).toHaveCount(1);
    await sandbox.let("3 weeks").click();
    await expect(sandbox.backToReal).toBeVisible();
    await sandbox.snapshotName.fill("before the sale");
    await sandbox.saveSnapshot.click();
    await expect(sandbox.snapshot("before the sale")).toBeVisible();
    await expectAccessible(page, "the sandbox, faults, a snapshot, a clock that is ahead");
    await sandbox.reset.click();
    await expectAccessible(page, "reset the sandbox?");
    await page.keyboard.press("Escape");
    await sandbox.stop.click();
    await expect(sandbox.start).toBeVisible();
    await expectAccessible(page, "the sandbox, stopped");
  });
}

test("the status bar leads to the view, which counts what scripts send too", async ({ app: { page } }) => {
  const { sandbox, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await workbench.sandbox.click();
  await expect(sandbox.state).toContainText("Running here");
  await expect(sandbox.state).toContainText(url);
  await expect(sandbox.counter("Processed")).toHaveText("0");
  expect(await view(url, "bellhop")).toBe(201);
  expect(await view(url, "nowhere")).toBe(201);
  await expect(sandbox.counter("Processed")).toHaveText("1");
  await expect(sandbox.counter("Dropped")).toHaveText("1");
  await expect(sandbox.counter("Guests")).toHaveText("2");
});

test("settings of the form hold at once, and the YAML says the same", async ({ app: { page } }) => {
  const { sandbox, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await sandbox.open();

  await sandbox.field("Name of a new point of sale").fill("shop-eu");
  await sandbox.document.getByRole("button", { name: "Add the point of sale" }).click();
  await expect(sandbox.points).toHaveCount(3);
  expect(await view(url, "shop-eu")).toBe(201);
  await expect(sandbox.counter("Processed")).toHaveText("1");

  expect(await view(url, "shop-eu", { page: 5 })).toBe(201);
  await sandbox.document.getByRole("switch", { name: "Strict" }).click();
  await expect(sandbox.document).toContainText("answered with 400 and the issues");
  expect(await view(url, "shop-eu", { page: 5 })).toBe(400);

  await sandbox.choice("Currencies", "Only some").click();
  await sandbox.field("Currencies that count").fill("eur usd");
  await sandbox.field("Currencies that count").press("Enter");
  await expect(sandbox.field("Currencies that count")).toHaveValue("EUR USD");
  await sandbox.choice("When none matches", "New visitor").click();

  await sandbox.points.nth(1).getByRole("button", { name: "Remove kiosk" }).click();
  await expect(sandbox.points).toHaveCount(2);
  expect(await view(url, "kiosk")).toBe(201);
  await expect(sandbox.counter("Dropped")).toHaveText("1");

  await sandbox.edit("Configuration", "YAML");
  for (const line of ["name: shop-eu", "whenNoMatch: new-visitor"])
    await expect(sandbox.shown).toContainText(line.replaceAll(" ", "\u00a0"));
  const inEffect: unknown = await (await fetch(`${url}/_sandbox/config`)).json();
  expect(inEffect).toMatchObject({ strict: true, currencies: ["EUR", "USD"], whenNoMatch: "new-visitor" });
});

test("what cannot be is said beside its place, and nothing that was typed is lost", async ({ app }) => {
  const first = pagesOf(app.page);
  await first.workbench.sandboxUrl();
  await first.sandbox.open();
  const delay = first.sandbox.field("Delay");
  const before = await delay.inputValue();
  await delay.fill("soon");
  await delay.press("Enter");
  await expect(delay).toHaveAttribute("aria-invalid", "true");
  await expect(first.sandbox.document.getByRole("alert")).toContainText("duration");
  await expect(delay).toHaveValue("soon");
  await delay.press("Escape");
  await expect(first.sandbox.document.getByRole("alert")).toHaveCount(0);
  await expect(delay).toHaveValue(before);

  await first.sandbox.edit("Configuration", "YAML");
  await first.sandbox.write("# mine\nstrict: true\ndelay: soon\n");
  await first.sandbox.text.press("ControlOrMeta+Enter");
  await expect(first.sandbox.document.getByRole("alert")).toContainText("Line 3, column 8");
  await expect(first.sandbox.wavyLines.first()).toBeVisible();
  await first.workbench.view("Compose").click();
  await first.sandbox.open();
  await expect(first.sandbox.shown).toContainText("delay:\u00a0soon");

  await app.restart();
  const again = pagesOf(app.page);
  const url = await again.workbench.sandboxUrl();
  await again.sandbox.open();
  await again.sandbox.edit("Configuration", "YAML");
  await expect(again.sandbox.shown).toContainText("#\u00a0mine");
  await again.sandbox.write("# mine\nstrict: true\ndelay: 1ms\n");
  await again.sandbox.apply.click();
  await expect(again.sandbox.apply).toHaveCount(0);
  expect(await view(url, "bellhop", { page: 5 })).toBe(400);
});

test("the editor of the configuration completes, explains and marks by the schema", async ({
  app: { page },
}) => {
  const { sandbox, workbench } = pagesOf(page);
  await workbench.sandboxUrl();
  await sandbox.open();
  await sandbox.edit("Configuration", "YAML");
  await sandbox.write("catalog: sitecore\nstrict: 5\n");
  await expect(sandbox.wavyLines.first()).toBeVisible();
  await expect(sandbox.lineWords.first()).toContainText("boolean");
  await sandbox.document.locator(".view-line").getByText("catalog", { exact: true }).hover();
  await expect(sandbox.hover).toContainText("Which catalog judges events");
  await sandbox.write("catalog: ");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(sandbox.suggestions.getByRole("option", { name: /by-transport/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await sandbox.discard.click();
  await expect(sandbox.discard).toHaveCount(0);
});

test("time passes in the sandbox, and the status bar says so until it is real again", async ({
  app: { page },
}) => {
  const { sandbox, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await sandbox.open();
  expect(await view(url, "bellhop")).toBe(201);
  await expect(sandbox.counter("Sessions")).toHaveText("1");
  await expect(sandbox.clock).toContainText("Real time");

  await sandbox.let("3 weeks").click();
  await expect(sandbox.clock).toContainText("21 days ahead of real time");
  await expect(workbench.sandboxClock).toHaveText("Sandbox clock: 21 days ahead");
  const { items } = (await (await fetch(`${url}/_sandbox/guests`)).json()) as { items: { ref: string }[] };
  const profile = await fetch(`${url}/_sandbox/guests/${items[0]?.ref}`);
  expect(JSON.stringify(await profile.json())).toContain('"status":"CLOSED"');

  await sandbox.typedTime.fill("a while");
  await sandbox.letPass.click();
  await expect(sandbox.clock.getByRole("alert")).toContainText("90m");
  await sandbox.typedTime.fill("1d");
  await sandbox.typedTime.press("Enter");
  await expect(workbench.sandboxClock).toHaveText("Sandbox clock: 22 days ahead");
  await expect(sandbox.typedTime).toHaveValue("");

  const script = { method: "POST", body: JSON.stringify({ advance: "1h" }) };
  await fetch(`${url}/_sandbox/clock`, script);
  await expect(workbench.sandboxClock).toHaveText("Sandbox clock: 22 days 1 hour ahead");

  await sandbox.backToReal.click();
  await expect(workbench.sandboxClock).toHaveCount(0);
  await expect(sandbox.clock).toContainText("Real time");
});

test("faults disturb at once, added by form or written as YAML", async ({ app: { page } }) => {
  const { sandbox, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await sandbox.open();
  await sandbox.edit("Faults", "Form");
  await expect(sandbox.document).toContainText("None: the sandbox answers every request");
  await sandbox.newFault.getByRole("textbox", { name: "event type" }).fill("VIEW");
  await sandbox.newFault.getByRole("textbox", { name: "times at most" }).fill("1");
  await sandbox.newFault.getByRole("button", { name: "Add the fault" }).click();
  await expect(sandbox.faults).toHaveText(/Every VIEW answers with 503, once at most/);
  expect(await view(url, "bellhop")).toBe(503);
  expect(await view(url, "bellhop")).toBe(201);

  await sandbox.newFault.getByRole("textbox", { name: "status" }).fill("9");
  await sandbox.newFault.getByRole("button", { name: "Add the fault" }).click();
  await expect(sandbox.newFault.getByRole("alert")).toBeVisible();
  await expect(sandbox.newFault.getByRole("textbox", { name: "status" })).toHaveValue("9");

  await sandbox.edit("Faults", "YAML");
  await sandbox.write("- fault: status\n  status: 418\n");
  await sandbox.apply.click();
  await expect(sandbox.apply).toHaveCount(0);
  expect((await fetch(`${url}/v1.2/browser/create.json?client_key=sandbox`)).status).toBe(418);

  await sandbox.edit("Faults", "Form");
  await sandbox.faults.getByRole("button", { name: /^Remove the fault/ }).click();
  await expect(sandbox.faults).toHaveCount(0);
  expect(await view(url, "bellhop")).toBe(201);
});

test("by keyboard alone: a rule is moved, time passes, and a snapshot is saved", async ({
  app: { page },
}) => {
  const { sandbox, workbench } = pagesOf(page);
  await workbench.sandboxUrl();
  await page.keyboard.press("ControlOrMeta+4");
  await expect(sandbox.stop).toBeFocused();
  await page.keyboard.press("F6");
  await expect(sandbox.document.getByRole("tab", { name: "Configuration" })).toBeFocused();
  await expect(sandbox.rules.first()).toContainText("email");
  await sandbox.rules.first().getByRole("button", { name: "Move email down" }).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(sandbox.rules.first()).toContainText("CRM");
  await expect(sandbox.rules.last().getByRole("button", { name: "Move email up" })).toBeFocused();
  await page.keyboard.press("F6");
  await expect(sandbox.let("30 min")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(workbench.sandboxClock).toContainText("30 minutes ahead");
  await sandbox.snapshotName.focus();
  await page.keyboard.type("half an hour later");
  await page.keyboard.press("Enter");
  await expect(sandbox.snapshot("half an hour later")).toBeVisible();
});

test("another port counts from the next start, which is one click away", async ({ app: { page } }) => {
  const { sandbox, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await sandbox.open();
  const port = sandbox.field("Port");
  await port.fill("70000");
  await port.press("Enter");
  await expect(sandbox.document.getByRole("alert")).toContainText("1 to 65535");
  const taken = Number(new URL(url).port);
  const other = String(20_000 + (taken % 10_000));
  await port.fill(other);
  await port.press("Enter");
  await expect(sandbox.document).toContainText(`It listens on ${taken} until it is started again`);
  await sandbox.document.getByRole("button", { name: `Start it again on ${other}` }).click();
  await expect(workbench.sandbox).not.toContainText(`:${taken}`);
  await expect(sandbox.state).toContainText("Running here");
});
