import { expect, test, type App } from "../fixtures/app";
import { journeyOn, playAda } from "../fixtures/journey";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** An environment that Bellhop takes for a tenant: it is the sandbox, which answers as the Guest REST API does. */
const addTenant = async ({ page, bellhop }: App, production: boolean): Promise<string> => {
  const { workbench, environments } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  const fields = ["--pos", "bellhop", "--currency", "EUR", "--language", "EN", "--channel", "WEB"];
  const marked = production ? ["--production"] : [];
  const added = await bellhop(["env", "add", "tenant", "--url", url, ...fields, ...marked]);
  expect(added.code, added.stderr).toBe(0);
  await workbench.view("Environments").click();
  await environments.row("tenant").click();
  await environments.credential.getByRole("button", { name: "Add" }).click();
  await environments.credentialDialog.getByLabel("Client key").fill("sandbox");
  await environments.credentialDialog.getByLabel("API token").fill("sandbox");
  await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
  await expect(environments.credentialDialog).toBeHidden();
  return url;
};

for (const theme of ["dark", "light"] as const) {
  test(`a tenant's guest is looked up, kept, and compared after a send, ${theme}`, async ({ app }) => {
    const { page } = app;
    const { guests, log, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await workbench.view("Guests").click();
    await guests.side("Tenant").click();
    await expect(page.getByText("No tenant can be read yet")).toBeVisible();
    await expectAccessible(page, "no tenant can be read");

    const url = await addTenant(app, false);
    const { known } = await playAda(url);
    await workbench.view("Guests").click();
    await guests.lookUp.getByRole("textbox", { name: "E-mail" }).fill("nobody@lovelace.example");
    await page.keyboard.press("Enter");
    await expect(page.getByText("No such guest in tenant")).toBeVisible();
    await guests.lookUp.getByRole("textbox", { name: "E-mail" }).fill("ada@lovelace.example");
    await page.keyboard.press("Enter");
    await expect(guests.card).toHaveAccessibleName("Guest: Ada King");
    await expect(page.getByText("not in Sitecore's documented Guest REST API")).toBeVisible();
    await expect(guests.attribute("Last name")).toContainText("King");
    await expectAccessible(page, "a guest of a tenant");

    await page.getByRole("button", { name: "Take a snapshot" }).click();
    await expect(page.getByRole("button", { name: "Take a new snapshot" })).toBeVisible();
    await journeyOn(url).send(known, "IDENTITY", { email: "ada@lovelace.example", lastname: "Byron" });
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(guests.sinceSnapshot.filter({ hasText: "Last name" })).toContainText("Byron");
    await expectAccessible(page, "what changed since the snapshot");
    await log.open.click();
    await expect(log.row("guests/get", "tenant", "200").first()).toBeVisible();
  });
}

test("reading from production is agreed to first, and is no consent to send", async ({ app }) => {
  const { page } = app;
  const { composer, guests, workbench } = pagesOf(page);
  await playAda(await addTenant(app, true));
  await workbench.view("Guests").click();
  await guests.side("Tenant").click();
  await guests.lookUp.getByRole("textbox", { name: "E-mail" }).fill("ada@lovelace.example");
  await page.keyboard.press("Enter");
  await expect(page.getByText("tenant is production.")).toBeVisible();
  await expectAccessible(page, "reading from production asks");
  await page.getByRole("button", { name: "Read from tenant" }).click();
  await expect(guests.card).toHaveAccessibleName("Guest: Ada King");
  await workbench.view("Compose").click();
  await composer.create("VIEW");
  await workbench.switchTo("tenant");
  await composer.send.click();
  await expect(workbench.consent).toBeVisible();
});
