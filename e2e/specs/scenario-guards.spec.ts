import { expect, test, type App } from "../fixtures/app";
import { writeWorkspaceFile } from "../fixtures/scenario-files";
import { startScriptedServer } from "../fixtures/scripted-server";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** Adds `live`, marked production, with a credential in the vault. */
const addLive = async ({ page, bellhop }: App, url: string): Promise<void> => {
  const { environments, workbench } = pagesOf(page);
  const fields = ["--pos", "shop", "--currency", "EUR", "--language", "EN", "--channel", "WEB"];
  const added = await bellhop(["env", "add", "live", "--url", url, ...fields, "--production"]);
  expect(added.code, added.stderr).toBe(0);
  await workbench.view("Environments").click();
  await environments.row("live").click();
  await environments.credential.getByRole("button", { name: "Add" }).click();
  await environments.credentialDialog.getByLabel("Client key").fill("live-client-key");
  await environments.credentialDialog.getByLabel("API token").fill("live-api-token");
  await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
  await expect(environments.credentialDialog).toBeHidden();
};

const looks = (more: string): string =>
  `bellhop: 1\nname: Looks\n${more}steps:\n  - send: VIEW\n    event: { page: "https://shop.example/" }\n`;

test("a run on production is asked for once, and without a yes nothing is sent", async ({ app }) => {
  const { page, workspace } = app;
  const { scenarioRun, scenarios, workbench } = pagesOf(page);
  const server = await startScriptedServer(({ url }) =>
    url.includes("browser/create")
      ? { status: 201, body: '{"ref":"b-1"}' }
      : { status: 201, body: '{"ref":"r","status":"OK"}' },
  );
  const file = "looks.scenario.yaml";
  await writeWorkspaceFile(workspace, file, looks(""));
  await addLive(app, server.url);
  await workbench.view("Scenarios").click();
  await scenarios.file("Looks").click();
  await workbench.switchTo("live");
  // The file has to name it, whatever a person agrees to.
  await expect(scenarioRun.run).toBeDisabled();
  await writeWorkspaceFile(workspace, file, looks("environments: [live, sandbox]\n"));
  await expect(scenarioRun.run).toBeEnabled();

  const consent = page.getByRole("alertdialog", { name: "Run on production?" });
  await page.keyboard.press("F5");
  await expect(consent).toContainText("reaches the real tenant behind live");
  await expect(consent).toContainText(file);
  await expect(consent.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page, "run on production?");
  await page.keyboard.press("Enter");
  await expect(consent).toBeHidden();
  await expect(scenarioRun.run).toBeEnabled();

  await page.keyboard.press("F5");
  await consent.getByRole("button", { name: "Run on sandbox instead" }).click();
  await expect(scenarioRun.state).toContainText("Passed in");
  expect(server.requests).toEqual([]);

  await page.keyboard.press("F5");
  await consent.getByRole("button", { name: "Run on live" }).click();
  await server.received(2);
  await expect(scenarioRun.state).toContainText("Passed in");
  await page.keyboard.press("F5");
  await server.received(4);
  await expect(consent).toBeHidden();
  await scenarioRun.tab("Runs").click();
  // The run that was cancelled before it began left nothing behind.
  await expect(scenarioRun.runRows).toHaveCount(3);
  await server.close();
});

test("the window asks before it closes while a run is on, where its end is Bellhop's end", async ({
  app,
  context,
  host,
}) => {
  test.skip(host === "electron", "the desktop window asks with a dialog of its own");
  const { page, workspace } = app;
  await writeWorkspaceFile(workspace, "slow.scenario.yaml", "bellhop: 1\nname: Slow\nsteps:\n  - wait: 1h\n");
  // An app window is this page with one word of the host's changed: its end ends Bellhop.
  await page.routeWebSocket(/\/channel$/, (socket) => {
    const behind = socket.connectToServer();
    behind.onMessage((message) =>
      socket.send(String(message).replace('"windowEndsApp":false', '"windowEndsApp":true')),
    );
  });
  await page.reload();
  const { scenarioRun, scenarios } = pagesOf(page);
  await scenarios.open();
  await scenarios.file("Slow").click();

  const openTab = async () => {
    const { stdout } = await app.bellhop(["open", "--no-open"]);
    const opened = await context.newPage();
    await opened.goto(/ready at (\S+)/.exec(stdout)?.[1] ?? "");
    return opened;
  };
  const tab = await openTab();
  const beside = pagesOf(tab);
  await beside.scenarios.open();
  await beside.scenarios.file("Slow").click();
  await beside.scenarioRun.run.click();
  await expect(beside.scenarioRun.statusCell).toBeVisible();
  await expect(scenarioRun.statusCell).toBeVisible();
  // Nobody is asked for a mere tab: the run goes on without it.
  const closed = tab.waitForEvent("close");
  await tab.close({ runBeforeUnload: true });
  await closed;
  // A page that comes later knows of the run, too, though it waits and says nothing.
  const late = await openTab();
  await expect(pagesOf(late).scenarioRun.statusCell).toBeVisible();
  await late.close();

  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await expect(scenarioRun.statusCell).toBeVisible();
  await scenarioRun.stop.click();
  await expect(scenarioRun.state).toContainText("Stopped at step 1");
  const gone = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await gone;
});

test("a workspace without scenarios offers to write one, and F8 leads through problems and pauses a run", async ({
  app,
}) => {
  const { page, workspace } = app;
  const { scenarioRun, scenarios } = pagesOf(page);
  await scenarios.open();
  await expect(scenarios.files).toContainText("No scenarios yet");
  await expectAccessible(page, "no scenarios yet");
  await scenarios.files.getByRole("button", { name: "New scenario" }).last().click();
  await expect(scenarios.creating).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(scenarios.creating).toBeHidden();

  const wrong = "bellhop: 1\nname: Wrong\nsteps:\n  - note: Fine\n  - wait: soon\n  - wait: later\n";
  await writeWorkspaceFile(workspace, "wrong.scenario.yaml", wrong);
  await scenarios.file("Wrong").click();
  await expect(scenarios.problems).toContainText("Line 5");
  await expect(scenarios.problems).toContainText("2 errors");
  await scenarios.steps.focus();
  const line = scenarios.yaml.locator(".line-numbers.active-line-number");
  for (const at of ["5", "6", "5"]) {
    await page.keyboard.press("F8");
    await expect(line).toHaveText(at);
  }

  // While it runs, the same key pauses it.
  const endless = "bellhop: 1\nname: Wrong\nsteps:\n  - repeat: 100000\n    steps:\n      - wait: 20ms\n";
  await writeWorkspaceFile(workspace, "wrong.scenario.yaml", endless);
  await expect(scenarios.problems).toHaveCount(0);
  await page.keyboard.press("F5");
  await expect(scenarioRun.statusCell).toContainText("Running");
  await page.keyboard.press("F8");
  await expect(scenarioRun.state).toContainText("Paused before step 1.1");
  await page.keyboard.press("F5");
  await expect(scenarioRun.statusCell).toContainText("Running");
  await page.keyboard.press("Shift+F5");
  await expect(scenarioRun.state).toContainText("Stopped at step 1.1");
});
