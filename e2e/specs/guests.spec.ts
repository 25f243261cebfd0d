import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures/app";
import { journeyOn, playAda } from "../fixtures/journey";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

const open = async (page: Page): Promise<string> => {
  const { guests, workbench } = pagesOf(page);
  const url = await workbench.sandboxUrl();
  await workbench.view("Guests").click();
  await expect(guests.search).toBeVisible();
  return url;
};

for (const theme of ["dark", "light"] as const) {
  test(`a guest's whole story is walked through by mouse, ${theme}`, async ({ app: { page } }) => {
    const { guests, workbench } = pagesOf(page);
    await workbench.chooseTheme(theme);
    const url = await open(page);
    await expect(page.getByText("Send a VIEW and a visitor checks in.")).toBeVisible();
    await expectAccessible(page, "no guests yet");

    await playAda(url);
    await guests.row(/^Ada King/).click();
    await guests.expectStep(9, 9);
    await expect(guests.card).toContainText("customer");
    await expect(guests.card).toContainText("19.90");
    await expect(guests.orders).toContainText("Order A-10293");
    await expect(guests.changes.filter({ hasText: "Order A-10293" })).toContainText("19.90 EUR");
    await expectAccessible(page, "a guest at the newest step");

    await guests.milestone("Two became one").click();
    await guests.expectStep(8, 9);
    await expect(guests.attribute("Last name")).toContainText("Lovelace");
    await expect(guests.attribute("Last name")).toContainText("King");
    await expect(guests.changes.filter({ hasText: /^−Guest / })).toContainText("retired, now this guest");
    await expect(guests.merges).toHaveCount(1);
    await expect(guests.merges).toContainText("ada@lovelace.example");
    await expect(
      guests.identity.getByRole("img", { name: /2 browsers and came together from 2 guests/ }),
    ).toBeVisible();
    await expect(guests.inspector.getByText("documented", { exact: true })).toBeVisible();
    await expectAccessible(page, "a merge");

    await guests.session(/^Session on kiosk/).click();
    const detail = page.getByRole("dialog", { name: "Session on kiosk" });
    await expect(detail.getByRole("listitem")).toHaveCount(4);
    await expectAccessible(page, "a session's events");
    await page.keyboard.press("Escape");

    await guests.compare.click();
    await expect(guests.comparison).toContainText('"lastName": "King"');
    await expectAccessible(page, "before and after as JSON");
    await page.keyboard.press("Escape");

    await guests.stepBack.click();
    await guests.expectStep(7, 9);
    await expect(guests.inspector).toContainText("before it became this one");
    await guests.row(/retired, now Ada King/).click();
    await expect(guests.card).toContainText("retired");
    await expectAccessible(page, "a retired guest");
    await page.getByRole("button", { name: /^Go to guest / }).click();
    await expect(guests.card).toHaveAccessibleName("Guest: Ada King");
  });
}

test("the list finds guests by name, e-mail, identifier and browser id, and narrows to a type", async ({
  app: { page },
}) => {
  const { guests } = pagesOf(page);
  const url = await open(page);
  const { anonymous } = await playAda(url);
  const lone = await journeyOn(url).browser();
  await expect(guests.rows).toHaveCount(3);
  for (const [words, name] of [
    ["king", /^Ada King/],
    ["ADA@lovelace", /^Ada King/],
    [anonymous, /^Ada King/],
    [lone, /^Visitor/],
  ] as const) {
    await guests.search.fill(words);
    await expect(guests.row(name)).toBeVisible();
    await expect(guests.rows).toHaveCount(1);
  }
  await guests.search.fill("nobody");
  await expect(page.getByText("No guest matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).last().click();
  await expect(guests.rows).toHaveCount(3);
  await guests.filter.click();
  await page.getByRole("menuitemcheckbox", { name: "Retired" }).click();
  await page.keyboard.press("Escape");
  await expect(guests.rows).toHaveCount(1);
  await expect(guests.rows).toContainText("retired, now");
});

test("by keyboard alone: find a guest in the palette, walk its history, open a session", async ({
  app: { page },
}) => {
  const { guests, palette } = pagesOf(page);
  await playAda(await open(page));
  await palette.run("Ada King");
  await guests.expectStep(9, 9);
  await expect(guests.slider).toBeFocused();
  await page.keyboard.press("Home");
  await guests.expectStep(1, 9);
  await page.keyboard.press("ArrowRight");
  await guests.expectStep(2, 9);
  await page.keyboard.press("Control+ArrowRight");
  await guests.expectStep(3, 9);
  await expect(guests.slider).toHaveAttribute("aria-valuetext", /IDENTITY, Known by e-mail$/);
  await page.keyboard.press("PageUp");
  await guests.expectStep(8, 9);
  await page.keyboard.press("Alt+ArrowLeft");
  await guests.expectStep(7, 9);
  await page.keyboard.press("End");
  await guests.expectStep(9, 9);

  await guests.session(/^Session on bellhop/).focus();
  await page.keyboard.press("ArrowRight");
  await expect(guests.session(/^Session on kiosk/)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Session on kiosk" })).toBeVisible();
  await page.keyboard.press("Escape");

  await guests.list.focus();
  await page.keyboard.press("ArrowDown");
  await expect(guests.card).toContainText("retired");
});

test("the view follows what happens at the end of the history, and stays when it is scrubbed back", async ({
  app: { page },
}) => {
  const { guests } = pagesOf(page);
  const url = await open(page);
  const { send, browser } = journeyOn(url);
  const id = await browser();
  await send(id, "VIEW");
  await guests.row(/^Visitor/).click();
  await guests.expectStep(2, 2);
  await send(id, "ADD", { product: { sku: "TEE-001", name: "Tee", price: 19.9 } });
  await guests.expectStep(3, 3);
  await expect(guests.changes.filter({ hasText: "In the cart: Tee" })).toBeVisible();
  await page.keyboard.press("Alt+ArrowLeft");
  await guests.expectStep(2, 3);
  await send(id, "VIEW");
  await guests.expectStep(2, 4);
});

test("an entry of the log leads to its guest, and the guest's step back to the entry", async ({
  app: { page },
}) => {
  const { composer, guests, log } = pagesOf(page);
  await composer.create("IDENTITY");
  await composer.send.click();
  await log.row("IDENTITY", "Processed").click();
  await log.entry.guest.click();
  await expect(guests.card).toContainText("customer");
  await expect(guests.inspector.getByText("IDENTITY", { exact: true })).toBeVisible();
  await expect(guests.slider).toBeFocused();
  await guests.inTheLog.click();
  await expect(log.entry.region).toHaveAccessibleName(/IDENTITY$/);

  await page.keyboard.press("Home");
  await page.keyboard.press("Alt+G");
  await expect(guests.slider).toHaveAttribute("aria-valuetext", /IDENTITY/);
});

test("a merge before one's eyes brings the other guest's past, and a reset leaves nobody", async ({
  app: { page },
}) => {
  const { guests } = pagesOf(page);
  const url = await open(page);
  const { send, browser } = journeyOn(url);
  const ada = { email: "ada@lovelace.example", firstname: "Ada", lastname: "King" };
  await send(await browser(), "IDENTITY", ada);
  await guests.row(/^Ada King/).click();
  await guests.expectStep(2, 2);
  const other = await browser();
  await send(other, "VIEW");
  await send(other, "IDENTITY", ada);
  await guests.expectStep(6, 6);
  await expect(guests.merges).toHaveCount(1);
  await fetch(`${url}/_sandbox/reset`, { method: "POST" });
  await expect(page.getByText("Send a VIEW and a visitor checks in.")).toBeVisible();
  await expect(guests.card).toBeHidden();
});
