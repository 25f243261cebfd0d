import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures/app";
import { startScriptedServer } from "../fixtures/scripted-server";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

const clientKey = "canary-client-key-4711";
const apiToken = "canary-api-token-0815";

for (const theme of ["dark", "light"] as const) {
  test(`by mouse, ${theme}: an environment's credential is masked, and counts for its address alone`, async ({
    app: { page },
  }) => {
    const server = await startScriptedServer(() => ({ status: 201, body: '{"status":"OK","ref":"r"}' }));
    const { composer, environments, log, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await workbench.view("Environments").click();
    await expect(environments.list).toContainText("No environment of your own yet");
    await expectAccessible(page, "environments, a built-in one");

    await environments.add.click();
    await expectAccessible(page, "environments, the empty form");
    await environments.name.fill("staging");
    await environments.baseUrl.fill(server.url);
    await environments.field("pos").fill("bellhop");
    await environments.field("currency").fill("EUR");
    await environments.field("language").fill("EN");
    await environments.save.click();
    await expect(environments.row("staging")).toBeVisible();
    await expect(environments.credential).toContainText("None yet");

    await environments.credential.getByRole("button", { name: "Add" }).click();
    await expectAccessible(page, "the dialog for a credential");
    await environments.credentialDialog.getByLabel("Client key").fill(clientKey);
    await environments.credentialDialog.getByLabel("API token").fill(apiToken);
    await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
    await expect(environments.credentialDialog).toBeHidden();
    await expect(environments.credential).toContainText(server.url);
    await expect(environments.request).toContainText("***(matches staging)");
    await expectAccessible(page, "environments, one with a credential");

    await workbench.switchTo("staging");
    await workbench.view("Compose").click();
    await composer.create("VIEW");
    await composer.show("Request");
    await expect(composer.request).toContainText("***(matches staging)");
    await composer.send.click();
    await expect(log.row("VIEW", "staging", "201")).toHaveCount(1);
    const [, sent] = server.requests;
    expect(sent?.headers["authorization"]).toBe(`Basic ${btoa(`${clientKey}:${apiToken}`)}`);

    await workbench.view("Environments").click();
    await environments.row("staging").click();
    const other = await startScriptedServer(() => ({ status: 201, body: '{"status":"OK","ref":"r"}' }));
    await environments.baseUrl.fill(other.url);
    await expect(environments.credential).toContainText("does not count there until you confirm");
    await environments.save.click();
    await expect(environments.credential).toContainText(`Entered for ${server.url}`);
    await expect(environments.request).not.toContainText("matches staging");
    await expectAccessible(page, "environments, a credential for another address");

    await workbench.view("Compose").click();
    await composer.show("Event");
    await composer.send.click();
    await expect(composer.failure).toContainText(/credential/i);
    expect(other.requests).toEqual([]);

    await workbench.view("Environments").click();
    await environments.remove.click();
    await expectAccessible(page, "remove an environment?");
    await environments.removal.getByRole("button", { name: "Remove" }).click();
    await expect(environments.row("staging")).toHaveCount(0);
    expect(await page.content()).not.toContain(apiToken);
    await server.close();
    await other.close();
  });
}

test("an environment that cannot be says field by field what is wrong, and is not saved", async ({
  app: { page },
}) => {
  const { environments, workbench } = pagesOf(page);
  await workbench.view("Environments").click();
  await environments.add.click();
  await environments.name.fill("sandbox");
  await environments.baseUrl.fill("shop.example");
  await environments.save.click();
  await expect(page.getByRole("alert").filter({ hasText: /./ })).not.toHaveCount(0);
  await expect(environments.name).toHaveAttribute("aria-invalid", "true");
  await expect(environments.baseUrl).toHaveAttribute("aria-invalid", "true");
  await expect(environments.name).toBeFocused();
  await expectAccessible(page, "environments, a form with mistakes");
  await environments.cancel.click();
  await expect(environments.row("New environment")).toHaveCount(0);
});

test("the focus stays in the view when an environment is saved, cancelled or removed", async ({
  app: { page },
}) => {
  const { environments, workbench } = pagesOf(page);
  await workbench.view("Environments").click();
  await environments.add.click();
  await environments.name.fill("staging");
  await environments.baseUrl.fill("https://cdp.example");
  await environments.save.click();
  await expect(environments.row("staging")).toBeFocused();
  await environments.baseUrl.fill("https://other.example");
  await environments.cancel.click();
  await expect(environments.row("staging")).toBeFocused();
  await environments.remove.click();
  await environments.removal.getByRole("button", { name: "Remove" }).click();
  await expect(environments.row("sandbox on")).toBeFocused();
});

test("a workspace file that an editor has broken is told with its place, until it is put right", async ({
  app: { page, workspace },
}) => {
  const { environments, workbench } = pagesOf(page);
  const file = join(workspace, "bellhop.yaml");
  const right = "bellhop: 1\nenvironments:\n  staging:\n    baseUrl: https://cdp.example\n";
  await writeFile(file, right);
  await workbench.view("Environments").click();
  await expect(environments.row("staging")).toBeVisible();
  await writeFile(file, `${right}  broken: [\n`);
  const place = "bellhop.yaml, line 6, column 1";
  await expect(environments.list).toContainText(place);
  await expect(page.getByText(place)).toHaveCount(2);
  await expectAccessible(page, "environments, a broken workspace file");
  await writeFile(file, right);
  await expect(environments.row("staging")).toBeVisible();
  await expect(page.getByText(place)).toHaveCount(0);
});
