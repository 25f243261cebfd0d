import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/app";
import { ada, orderOf, siteOf, type Site } from "../fixtures/visitor";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

/** Six steps: checks in, two pages, a cart, signs up, orders. */
const play = async (page: Page): Promise<{ site: Site; browser: string }> => {
  const site = siteOf(await pagesOf(page).workbench.sandboxUrl());
  const browser = await site.browser();
  await site.send(browser, "VIEW");
  await site.send(browser, "VIEW", { page: "https://shop.example/tees?token=not-for-the-room" });
  await site.send(browser, "ADD", { product: { sku: "TEE-001", name: "Linen tee", price: 19.9 } });
  await site.send(browser, "IDENTITY", ada);
  await site.send(browser, "ORDER_CHECKOUT", orderOf("A-1"));
  return { site, browser };
};

for (const theme of ["dark", "light"] as const) {
  test(`axe finds nothing on the stage, and every letter can be read from the back, ${theme}`, async ({
    app: { page },
  }) => {
    const { presenter, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    await play(page);
    await presenter.present.click();
    await expect(presenter.title).toHaveText("Ada ordered for 19.90 EUR");
    for (const [width, height] of [
      [1024, 640],
      [1280, 800],
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect.poll(async () => (await presenter.measure()).smallest).toBeGreaterThanOrEqual(18);
      expect((await presenter.measure()).overflows, `${width} x ${height}`).toBe(false);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await expectAccessible(page, "the stage, an order");
    await presenter.press("ArrowLeft");
    await expect(presenter.title).toContainText("Ada is known now");
    await expectAccessible(page, "the stage, a visitor becomes a customer");
    await presenter.press("Home");
    await expect(presenter.card).toContainText("visitor");
    await expectAccessible(page, "the stage, a visitor");
  });
}

test("by keyboard alone: a history is told step by step, from where the Guests view stood", async ({
  app: { page },
}) => {
  const { palette, presenter } = pagesOf(page);
  await play(page);
  await page.keyboard.press("ControlOrMeta+3");
  await page.getByRole("region", { name: "Guests" }).getByText("Ada King").click();
  await expect(presenter.presentFromHere).toBeVisible();
  await page.keyboard.press("Alt+ArrowLeft");
  await page.keyboard.press("Alt+ArrowLeft");
  await presenter.presentFromHere.focus();
  await page.keyboard.press("Enter");
  await expect(presenter.step(4, 6)).toBeVisible();
  await expect(presenter.title).toHaveText("The visitor put Linen tee into the cart");
  await expect(presenter.changes.first()).toContainText("19.90 EUR");

  await presenter.press("ArrowRight");
  await expect(presenter.step(5, 6)).toBeVisible();
  await expect(presenter.card).toContainText("customer");
  await presenter.press("Space");
  await expect(presenter.step(6, 6)).toBeVisible();
  await expect(presenter.stage).toContainText("what comes appears by itself");
  await presenter.press("PageUp", "PageUp");
  await expect(presenter.step(4, 6)).toBeVisible();
  await presenter.press("Home");
  await expect(presenter.step(1, 6)).toBeVisible();
  await expect(presenter.milestones.getByRole("listitem")).toContainText([
    "Checks in",
    "First page view",
    "First cart",
    "Known by e-mail",
    "Order",
  ]);
  await presenter.press("PageDown");
  await expect(presenter.step(2, 6)).toBeVisible();
  await presenter.press("End");
  await expect(presenter.step(6, 6)).toBeVisible();
  await presenter.press("ArrowLeft", "Escape");
  await expect(presenter.stage).toHaveCount(0);
  await expect(page.getByText("Step 5", { exact: true })).toBeVisible();

  await palette.run("Present the guest");
  await expect(presenter.step(5, 6)).toBeVisible();
});

test("nothing that is not for the room can appear, and the veil hides how to reach the guest", async ({
  app: { page },
}) => {
  const { presenter, workbench } = pagesOf(page);
  await play(page);
  await presenter.present.click();
  await expect(presenter.step(6, 6)).toBeVisible();
  await presenter.press("Home");
  for (let step = 1; step <= 6; step++) {
    await expect(presenter.step(step, 6)).toBeVisible();
    const shown = await presenter.stage.innerHTML();
    expect(shown).not.toContain(ada.email);
    expect(shown).not.toContain("7946");
    expect(shown).not.toContain("not-for-the-room");
    expect(shown).not.toContain("127.0.0.1");
    expect(shown).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    await presenter.press("ArrowRight");
  }
  await presenter.press("ArrowLeft");
  await expect(presenter.card).toContainText("a••@•••.example");
  await expect(presenter.stage).toContainText("The identifier email a••@•••.example");
  await presenter.press("v");
  await expect(presenter.card).toContainText(ada.email);
  await expect(presenter.stage).toContainText(`The identifier email ${ada.email}`);
  await presenter.veil.click();
  await expect(presenter.card).not.toContainText(ada.email);
  await expect(workbench.status).toBeHidden();
});

test("what happens meanwhile comes up by itself, but not where the speaker went back", async ({
  app: { page },
}) => {
  const { presenter } = pagesOf(page);
  const { site, browser } = await play(page);
  await presenter.present.click();
  await expect(presenter.step(6, 6)).toBeVisible();
  await site.send(browser, "SEARCH", { search_term: "linen", num_results: 3 });
  await expect(presenter.step(7, 7)).toBeVisible();
  await expect(presenter.title).toHaveText("Ada searched on bellhop");

  await presenter.press("ArrowLeft");
  await expect(presenter.step(6, 7)).toBeVisible();
  await site.send(browser, "VIEW");
  await expect(presenter.step(6, 8)).toBeVisible();
  await expect(presenter.title).toHaveText("Ada ordered for 19.90 EUR");
});

test("two guests that become one are told, and a long history keeps its line", async ({ app: { page } }) => {
  const { presenter } = pagesOf(page);
  const { site, browser } = await play(page);
  const kiosk = await site.browser();
  await site.send(kiosk, "VIEW", { pos: "kiosk" });
  await site.send(kiosk, "IDENTITY", { ...ada, pos: "kiosk" });
  await presenter.present.click();
  await expect(presenter.title).toHaveText("Ada was recognised on kiosk, and two guests became one");
  await expect(presenter.changes.filter({ hasText: "retired" })).toHaveCount(1);
  for (let order = 2; order <= 9; order++) await site.send(browser, "ORDER_CHECKOUT", orderOf(`A-${order}`));
  await expect(presenter.card).toContainText("9");
  await presenter.press("Home");
  await expect(presenter.milestones).toContainText(/\+\d+$/);
  expect((await presenter.measure()).overflows).toBe(false);
  await presenter.press("End");
  await expect(presenter.milestones).toContainText(/^\+\d+/);
});

test("a visitor who turns out to be somebody leads to who that is", async ({ app: { page } }) => {
  const { presenter } = pagesOf(page);
  const { site } = await play(page);
  const kiosk = await site.browser();
  await site.send(kiosk, "VIEW", { pos: "kiosk" });
  await presenter.present.click();
  await expect(presenter.card).toContainText("visitor");
  await site.send(kiosk, "IDENTITY", { ...ada, pos: "kiosk" });
  await expect(presenter.title).toHaveText(/^This guest became guest/);
  await presenter.press("ArrowRight");
  await expect(presenter.title).toHaveText("Ada was recognised on kiosk, and two guests became one");
  await expect(presenter.card).toContainText("Ada King");
});

test("without a guest the way to one is said, and a reset sandbox clears the stage", async ({
  app: { page },
}) => {
  const { presenter, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await presenter.present.click();
  await expect(page.getByText("There is no guest to present yet.")).toBeVisible();
  await expect(presenter.stage).toHaveCount(0);
  await page.getByRole("button", { name: "Close this message" }).click();

  await play(page);
  await presenter.present.click();
  await expect(presenter.stage).toBeVisible();
  await fetch(`${url}/_sandbox/reset`, { method: "POST" });
  await expect(presenter.stage).toHaveCount(0);
});
