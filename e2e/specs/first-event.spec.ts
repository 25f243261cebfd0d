import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

for (const theme of ["dark", "light"] as const) {
  test(`by mouse, ${theme}: a VIEW is composed with the schema's help, sent, answered and read in the log`, async ({
    app: { page },
  }) => {
    const { composer, log, workbench } = pagesOf(page);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await workbench.chooseTheme(theme);
    await expect(composer.empty).toBeVisible();
    await expectAccessible(page, "compose, empty");

    await composer.create("VIEW");
    await expect(composer.verdict).toContainText("The event fits the spec catalog.");
    await expect(composer.inherited.getByRole("listitem").filter({ hasText: "pos" })).toContainText(
      "bellhop",
    );
    await expectAccessible(page, "compose, a valid draft");

    await composer.editor.token('"page"').hover();
    await expect(composer.editor.hover).toContainText("address");

    await composer.editor.write('{ "type": "VIEW", "page": "shop" }');
    await expect(composer.editor.errorLines).not.toHaveCount(0);
    await expect(composer.issues).toHaveText(/\/page must be a full address/);
    await expectAccessible(page, "compose, a draft with a mistake");
    await composer.send.click();
    await expect(composer.question).toContainText("/page must be a full address");
    await expectAccessible(page, "send an invalid event?");
    await composer.question.getByRole("button", { name: "Go back to the first mistake" }).click();
    await expect(composer.question).toBeHidden();

    await composer.editor.write('{ "type": "VIEW", "page": "https://shop.example/sale" }');
    await expect(composer.issues).toHaveCount(0);
    await composer.show("Request");
    await expect(composer.request).toContainText("/v1.2/event/create.json");
    await expectAccessible(page, "the request as it would be sent");
    await composer.show("Event");

    await composer.send.click();
    await expect(composer.outcome).toContainText(/201 in .* processed/);
    const row = log.row("VIEW", "201", "Processed");
    await expect(row).toHaveCount(1);
    await expectAccessible(page, "the log with entries");

    await row.click();
    await expect(log.entry.verdict).toContainText("Accepted and processed");
    for (const part of ["Verdict", "Event", "Request", "Response", "Timings"] as const) {
      await log.entry.tab(part).click();
      await expect(log.entry.tab(part)).toHaveAttribute("aria-selected", "true");
      await expectAccessible(page, `an entry's ${part}`);
    }
    expect(complaints, "the browser's console, the policy's refusals included").toEqual([]);
  });
}
