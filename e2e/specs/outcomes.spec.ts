import { expect, test } from "../fixtures/app";
import { pagesOf } from "../pages/pages";

test("an IDENTITY with a bad e-mail asks before it leaves, and the log says why it failed", async ({
  app: { page },
}) => {
  const { composer, log } = pagesOf(page);
  await composer.create("IDENTITY");
  await composer.editor.write('{ "type": "IDENTITY", "email": "ada" }');
  await expect(composer.issues.filter({ hasText: "/email" })).toContainText("there is no @");
  await expect(composer.editor.errorLines).not.toHaveCount(0);

  await composer.send.click();
  await expect(composer.question).toContainText("/email must be an e-mail address");
  await expect(page.getByText("no entries")).toBeVisible();
  await composer.question.getByRole("button", { name: "Send anyway" }).click();

  await expect(composer.outcome).toContainText(/201 in .* failed: .*email/);
  const row = log.row("IDENTITY", "201", "Failed");
  await expect(row).toContainText("email");
  await row.click();
  await expect(log.entry.verdict).toContainText("Accepted, but failed");
  await expect(log.entry.verdict).toContainText("there is no @");
});

test("going back from the question sends nothing and leads to the first mistake", async ({
  app: { page },
}) => {
  const { composer, log } = pagesOf(page);
  await composer.create("IDENTITY");
  await composer.editor.write('{ "type": "IDENTITY", "email": "ada" }');
  await expect(composer.issues.filter({ hasText: "/email" })).toBeVisible();
  await composer.send.click();
  await composer.question.getByRole("button", { name: "Go back to the first mistake" }).click();
  await expect(composer.question).toBeHidden();
  await expect(composer.editor.text).toBeFocused();
  // The mistake is selected.
  await page.keyboard.press("Delete");
  await page.keyboard.insertText('"ada@example.com"');
  await expect(composer.verdict).toContainText("The event fits the spec catalog.");
  await expect(log.count).toHaveText("no entries");
});

test("an unknown point of sale is answered 201, and the log says that the event was dropped and why", async ({
  app: { page },
}) => {
  const { composer, log } = pagesOf(page);
  await composer.create("VIEW");
  await composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/", "pos": "nowhere" }');
  await expect(page.getByText("it knows no point of sale nowhere")).toBeVisible();
  await composer.send.click();
  await expect(composer.outcome).toContainText(/201 in .* dropped: .*nowhere/);
  const row = log.row("VIEW", "201", "Dropped");
  await row.click();
  await expect(log.entry.verdict).toContainText("Accepted, but dropped");
  await expect(log.entry.verdict).toContainText("nowhere");
  await expect(log.entry.verdict).toContainText("bellhop");
});

test("with the sandbox stopped a send is explained, and works again once it is started", async ({
  app: { page },
}) => {
  const { composer, log, sandbox, workbench } = pagesOf(page);
  await composer.create("VIEW");
  await workbench.sandbox.click();
  await sandbox.stop.click();
  await expect(sandbox.state).toContainText("You stopped it");
  await expect(sandbox.start).toBeFocused();
  await expect(workbench.sandbox).toHaveText("Sandbox stopped");
  await workbench.view("Compose").click();

  await composer.send.click();
  await expect(composer.failure).toContainText("The sandbox is stopped; start it and send again.");
  await log.row("browser/create", "REFUSED").click();
  await expect(log.entry.verdict).toContainText("The sandbox is stopped; start it and send again.");

  await composer.failure.getByRole("button", { name: "Start the sandbox" }).click();
  await expect(workbench.sandbox).toContainText("Sandbox running on");
  await expect(composer.failure).toHaveCount(0);
  await expect(composer.editor.text).toBeFocused();
  await composer.send.click();
  await expect(composer.outcome).toContainText(/201 in .* processed/);
  await expect(log.row("VIEW", "201", "Processed")).toHaveCount(1);
});

test("text that is no JSON cannot be sent, and the place of the mistake is named", async ({
  app: { page },
}) => {
  const { composer, log } = pagesOf(page);
  await composer.create("VIEW");
  await composer.editor.write('{ "type": "VIEW", }');
  await expect(composer.issues.first()).toBeVisible();
  await expect(page.getByText(/^Line 1, column \d+: /)).toBeVisible();
  await expect(composer.send).toHaveAttribute("aria-disabled", "true");
  await composer.editor.text.focus();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(log.count).toHaveText("no entries");
});
