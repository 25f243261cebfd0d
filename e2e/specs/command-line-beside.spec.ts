import { expect, test } from "../fixtures/app";
import { pagesOf } from "../pages/pages";

test("what a command line sends beside the window is in its log, and its guest is the window's", async ({
  app,
}) => {
  const { composer, log } = pagesOf(app.page);
  await composer.create("VIEW");
  await expect(composer.guest).toContainText("No guest yet");
  const { code, stdout } = await app.bellhop(["send", "SEARCH", "--set", "search_term=shoes", "--json"]);
  expect(code).toBe(0);
  await expect(log.row("SEARCH", "Command line")).toContainText("shoes");
  await expect(composer.guest).toContainText("Visitor");
  const { event } = JSON.parse(stdout) as { event: { browser_id: string } };
  await expect(composer.inherited).toContainText(event.browser_id);
});
