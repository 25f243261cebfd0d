import { expect, test, type App } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** An environment marked production that is the sandbox, with the sandbox's credential. */
const addLive = async ({ page, bellhop }: App): Promise<void> => {
  const { workbench, environments } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  const fields = ["--pos", "bellhop", "--currency", "EUR", "--language", "EN", "--channel", "WEB"];
  const added = await bellhop(["env", "add", "live", "--url", url, ...fields, "--production"]);
  expect(added.code, added.stderr).toBe(0);
  await workbench.view("Environments").click();
  await environments.row("live").click();
  await environments.credential.getByRole("button", { name: "Add" }).click();
  await environments.credentialDialog.getByLabel("Client key").fill("sandbox");
  await environments.credentialDialog.getByLabel("API token").fill("sandbox");
  await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
  await expect(environments.credentialDialog).toBeHidden();
  await workbench.view("Compose").click();
};

for (const theme of ["dark", "light"] as const) {
  test(`production asks once, with the focus on Cancel, and marks the whole window, ${theme}`, async ({
    app,
  }) => {
    const { page } = app;
    const { composer, log, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await addLive(app);
    await composer.create("VIEW");
    await workbench.switchTo("live");
    await expect(workbench.environment).toContainText("PRODUCTION");
    await expect(workbench.status).toContainText("PRODUCTION: live");
    await expect(page).toHaveTitle(/^PRODUCTION live/);
    await expect(composer.send).toHaveText(/Send to live/);
    await expectAccessible(page, "a production environment is on");

    await composer.send.click();
    await expect(workbench.consent.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expectAccessible(page, "send to production?");
    await page.keyboard.press("Enter");
    await expect(workbench.consent).toBeHidden();
    await expect(log.count).toHaveText("no entries");

    await composer.send.click();
    await workbench.consent.getByRole("button", { name: "Send to live" }).click();
    await expect(log.row("VIEW", "live", "PROD", "201")).toHaveCount(1);

    await composer.send.click();
    await expect(log.row("VIEW", "live", "201")).toHaveCount(2);
    await expect(workbench.consent).toBeHidden();
  });
}

test("the question before production can send to the sandbox instead, and asks anew after a restart", async ({
  app,
}) => {
  const before = pagesOf(app.page);
  await addLive(app);
  await before.composer.create("VIEW");
  await before.workbench.switchTo("live");
  await before.composer.send.click();
  await before.workbench.consent.getByRole("button", { name: "Send to sandbox instead" }).click();
  await expect(before.log.row("VIEW", "sandbox", "201")).toHaveCount(1);
  await expect(before.log.row("VIEW", "live")).toHaveCount(0);

  await app.restart();
  const after = pagesOf(app.page);
  await expect(after.workbench.environment).toContainText("PRODUCTION");
  const shell = await app.bellhop(["send", "VIEW", "--env", "live", "--json"]);
  expect(shell.code).not.toBe(0);
  await expect(after.log.row("VIEW", "live")).toHaveCount(0);
});
