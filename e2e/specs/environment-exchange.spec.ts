import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../fixtures/app";
import { startScriptedServer } from "../fixtures/scripted-server";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

for (const theme of ["dark", "light"] as const) {
  test(`by keyboard, ${theme}: a credential is tested, and the answer explained by its cause`, async ({
    app: { page },
  }) => {
    let status = 401;
    const server = await startScriptedServer(() => ({ status, body: '{"ref":"browser-1","items":[]}' }));
    const { environments, log, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await page.keyboard.press("Control+5");
    await environments.add.press("Enter");
    await environments.name.fill("live");
    await environments.baseUrl.fill(server.url);
    await environments.transport("engage").press("Space");
    await environments.production.press("Space");
    await environments.baseUrl.press("Enter");
    await environments.credential.getByRole("button", { name: "Add" }).press("Enter");
    await environments.credentialDialog.getByLabel("Client key").fill("canary-client-key-4711");
    await page.keyboard.press("Enter");

    await environments.test().press("Enter");
    await expect(environments.testing).toContainText("creates one anonymous guest");
    await expect(environments.testing.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expectAccessible(page, "test on production?");
    await page.keyboard.press("Escape");
    await expect(environments.test()).toBeFocused();
    expect(server.requests).toEqual([]);
    await environments.test().press("Enter");
    await environments.testing.getByRole("button", { name: "Create a guest and test" }).press("Enter");
    await expect(environments.credential).toContainText(
      "refuses the credential (401): the client key is wrong",
    );
    await expectAccessible(page, "a credential that is wrong");
    await environments.credential.getByRole("button", { name: "Show it in the log" }).press("Enter");
    await expect(log.row("browser/create", "live", "401")).toHaveCount(1);

    status = 200;
    await environments.test().press("Enter");
    await environments.testing.getByRole("button", { name: "Create a guest and test" }).press("Enter");
    await expect(environments.credential).toContainText("The client key is right");
    await server.close();
  });

  test(`by keyboard, ${theme}: environments are exported without secrets, and imported as a person decides`, async ({
    app: { page, workspace },
  }) => {
    const { environments, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    const file = join(workspace, "bellhop.yaml");
    const own =
      "# ours\nbellhop: 1\nenvironments:\n  staging: # by Ada\n    baseUrl: https://staging.example\n";
    await writeFile(file, `${own}    vars: { tenant: eu-1, apiToken: hunter2hunter2 }\n`);
    await page.keyboard.press("Control+5");
    await expect(environments.row("staging")).toBeVisible();
    await environments.more(/^Export/);
    await expect(environments.exporting).toContainText("staging.vars.apiToken is named like a secret");
    await expectAccessible(page, "export environments");
    const download = page.waitForEvent("download");
    await environments.exporting.getByRole("button", { name: "Save the file" }).press("Enter");
    const saved = await readFile(await (await download).path(), "utf8");
    expect(saved).toContain("tenant: eu-1");
    expect(saved).not.toContain("hunter2");

    const chooser = page.waitForEvent("filechooser");
    await environments.more(/^Import/);
    const text = `bellhop: 1\nenvironments:\n  staging: { baseUrl: "https://moved.example" }\n  live: { baseUrl: "https://live.example", production: true }\n`;
    const given = { mimeType: "text/yaml", buffer: Buffer.from(text) };
    await (await chooser).setFiles({ name: "team.yaml", ...given });
    await expect(environments.importing).toContainText("https://moved.example");
    await expect(environments.importing.getByRole("status")).toHaveText("1 is added.");
    await expectAccessible(page, "import environments");
    await environments.importing.getByRole("radio", { name: "Replace" }).press("Space");
    await expect(environments.importing.getByRole("status")).toHaveText("1 is added, 1 is replaced.");
    await environments.importing.getByRole("button", { name: "Import", exact: true }).press("Enter");
    await expect(environments.row("live")).toContainText("PRODUCTION");
    const after = await readFile(file, "utf8");
    expect(after).toContain("# ours\nbellhop: 1\nenvironments:\n  staging: # by Ada\n");
    expect(after).toContain("https://moved.example");
    expect(after).toContain("live:");

    const hostile = text.replace("live:", "eu:");
    await page.getByLabel("A file of environments to import").setInputFiles({
      name: "evil.yaml",
      ...{ ...given, buffer: Buffer.from(hostile) },
    });
    await expect(page.getByText("evil.yaml, line 4, column 3: environments.eu is built in")).toBeVisible();
    expect(await readFile(file, "utf8")).toBe(after);
  });

  test(`${theme}: a form with unsaved changes never overwrites what an editor did to the file`, async ({
    app: { page, workspace },
  }) => {
    const { environments, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    const file = join(workspace, "bellhop.yaml");
    const says = (fields: string) =>
      writeFile(
        file,
        `bellhop: 1\nenvironments:\n  staging:\n    baseUrl: https://cdp.example # ours\n${fields}`,
      );
    await says("    pos: shop\n");
    await page.keyboard.press("Control+5");
    await environments.row("staging").click();
    await environments.field("pos").fill("kiosk");
    await says("    pos: shop\n    currency: SEK # since May\n");
    await expect(environments.field("currency")).toHaveValue("SEK");
    await expect(environments.field("pos")).toHaveValue("kiosk");
    await says("    pos: booth\n    currency: SEK # since May\n");
    await expect(environments.conflict).toContainText("booth");
    await expectAccessible(page, "a conflict with the file");
    await environments.field("pos").press("Enter");
    expect(await readFile(file, "utf8")).toContain("pos: booth");
    await environments.conflict.getByRole("button", { name: "Keep mine" }).press("Enter");
    await environments.save.click();
    await expect(environments.save).toBeHidden();
    expect(await readFile(file, "utf8")).toBe(
      "bellhop: 1\nenvironments:\n  staging:\n    baseUrl: https://cdp.example # ours\n    pos: kiosk\n    currency: SEK # since May\n",
    );

    await environments.field("pos").fill("stand");
    await writeFile(file, "bellhop: 1\n");
    await expect(page.getByText("staging was taken out of bellhop.yaml meanwhile")).toBeVisible();
    await expect(environments.field("pos")).toHaveValue("stand");
    await environments.save.click();
    await expect(environments.save).toBeHidden();
    expect(await readFile(file, "utf8")).toContain("pos: stand");

    await writeFile(file, "bellhop: 1\nenvironments: [\n");
    await expect(environments.list).toContainText("goes on with what the file said before");
    await expect(environments.row("staging")).toBeVisible();
  });
}
