import { initialScripts } from "../../scripts/initial-scripts.mjs";
import { expect, test } from "../fixtures/app";
import { expectAccessible } from "../pages/accessibility";
import { Composer } from "../pages/composer";
import { GuestsView } from "../pages/guests-view";
import { Workbench } from "../pages/workbench";

/** Bytes, gzipped: what the composer may need before its first paint. Monaco alone is several times as much. */
const limit = 250_000;

test("the composer's first paint needs little JavaScript, and none of Monaco or YAML", () => {
  const scripts = initialScripts("ComposerView").sort((one, other) => other.gzipped - one.gzipped);
  const listed = scripts.map(({ name, gzipped }) => `${name} ${gzipped}`).join("\n");
  const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);
  expect(listed).not.toMatch(/monaco|editor\.api|worker|yaml(?!-texts)/i);
  expect(total, `${total} bytes gzipped, of ${limit} allowed:\n${listed}`).toBeLessThan(limit);
});

test("Monaco comes after the first paint of the composer", async ({ app: { page } }) => {
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector("[data-pane]") === null) return;
      observer.disconnect();
      requestAnimationFrame(() => performance.mark("composer painted"));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await new Composer(page).create("VIEW");
  const { painted, asked } = await page.evaluate(() => ({
    painted: performance.getEntriesByName("composer painted")[0]?.startTime,
    asked: performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\/(monaco|editor\.api)-/.test(name))
      .map(({ startTime }) => startTime),
  }));
  expect(asked).not.toEqual([]);
  expect(Math.min(...asked)).toBeGreaterThan(painted ?? Infinity);
});

test("a view that cannot be loaded says so, and a new load of the window brings it", async ({
  app: { page },
}) => {
  const workbench = new Workbench(page);
  const guests = new GuestsView(page);
  await page.route("**/assets/GuestsView-*.js", (route) => route.abort());
  await page.reload();
  await workbench.view("Guests").click();
  const words = page.getByRole("alert").filter({ hasText: "This part of the window could not be loaded" });
  await expect(words).toBeVisible();
  await expectAccessible(page, "a view that could not be loaded");
  await page.unroute("**/assets/GuestsView-*.js");
  await words.getByRole("button", { name: "Load the window anew" }).click();
  await expect(guests.search).toBeVisible();
});
