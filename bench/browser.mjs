// @ts-check
import { chromium } from "@playwright/test";
import { findChromium } from "../scripts/find-chromium.mjs";

/** @typedef {import("@playwright/test").Browser} Browser */
/** @typedef {import("@playwright/test").Page} Page */

/** @returns {Promise<Browser>} a headless Chromium @throws where this machine has none */
export const startBrowser = async () => {
  const executablePath = await findChromium();
  if (executablePath === null)
    throw new Error("No Chromium was found. Name one with BELLHOP_CHROMIUM=/path/to/chromium.");
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
};

/** @param {Browser} browser */
export const openPage = (browser) =>
  browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });

/** The editor of the draft in front. @param {Page} page */
export const editorOf = (page) => page.getByRole("textbox", { name: /^Event of / });

/** Leaves a profile with the composer in front and one draft open, as somebody does who works. @param {Page} page */
export const openFirstDraft = async (page) => {
  await page.getByRole("button", { name: "Close, and show the scenarios" }).click();
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Compose" }).click();
  const types = page.getByRole("list", { name: "New from a type" });
  await types.getByRole("button", { name: "VIEW" }).click();
  await editorOf(page).waitFor();
  // What is arranged is kept a moment later.
  await page.waitForTimeout(2_000);
};

/** Each call has a letter of its own: the draft keeps what was typed before. */
let letters = 0;
/** Where many letters follow each other that no draft of the bench has. */
const firstLetter = 0x4e00;

/**
 * Types one letter, and waits until the editor shows it.
 *
 * @param {Page} page
 */
export const typeOneLetter = async (page) => {
  const letter = String.fromCodePoint(firstLetter + letters++);
  await editorOf(page).focus();
  await page.keyboard.insertText(letter);
  await page.locator(".view-line", { hasText: letter }).first().waitFor();
};
