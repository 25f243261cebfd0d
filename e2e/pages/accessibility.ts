import { expect, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

interface Finding {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

interface Axe {
  run(context: unknown, options: unknown): Promise<{ violations: Finding[] }>;
}

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** WCAG 2.1 levels A and AA, and what axe recommends beyond them. */
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

const inWords = ({ id, help, nodes }: Finding): string =>
  [
    `${id}: ${help}`,
    ...nodes.map(({ html, failureSummary }) => `  ${html}\n    ${failureSummary ?? ""}`),
  ].join("\n");

/** Waits until what comes into view has come: half faded in, nothing has its contrast yet. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });

/**
 * Expects that axe finds nothing in what the page shows now, once nothing fades in any more.
 *
 * The source goes in by evaluation, because the page's policy loads no foreign script.
 *
 * @param screen what is shown, for the message
 */
export const expectAccessible = async (page: Page, screen: string): Promise<void> => {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(await readFile(axeFile, "utf8"));
  await settle(page);
  const violations = await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"] };
    return (await axe.run(document, options)).violations;
  }, rules);
  expect.soft(violations.map(inWords).join("\n"), `axe on: ${screen}`).toBe("");
};
