// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sizeOf } from "../scripts/initial-scripts.mjs";
import { editorOf, openFirstDraft, openPage, startBrowser } from "./browser.mjs";
import { spreadOf } from "./figures.mjs";
import { startHost } from "./host-channel.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./browser.mjs").Page} Page
 */

/** Kilobytes, gzipped: what the composer may load before its first paint. */
const goal = 250;

/** Notes when the composer has been painted. */
const notePaint = () =>
  new MutationObserver((_, observer) => {
    if (document.querySelector("[data-pane]") === null) return;
    observer.disconnect();
    // The second frame begins once the first is on the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("composer painted")));
  }).observe(document, { childList: true, subtree: true });

/** Which scripts the page has loaded, and when the composer was painted. @param {Page} page */
const loadedBy = (page) =>
  page.evaluate(() => ({
    painted: performance.getEntriesByName("composer painted")[0]?.startTime ?? 0,
    scripts: performance
      .getEntriesByType("resource")
      .map((entry) => /** @type {PerformanceResourceTiming} */ (entry))
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .map(({ name, responseEnd }) => ({ name: new URL(name).pathname.slice(1), responseEnd })),
  }));

const kilobytes = (/** @type {readonly { name: string }[]} */ scripts) =>
  scripts.reduce((sum, { name }) => sum + sizeOf(name).gzipped, 0) / 1_000;

/**
 * What Chromium really loads of the window's JavaScript until the composer is painted, and until its editor is there.
 *
 * @param {number} rounds
 * @returns {Promise<Figure[]>}
 * @throws where Monaco comes before the first paint
 */
export const measureWindow = async (rounds) => {
  const profile = await mkdtemp(join(tmpdir(), "bellhop-window-"));
  const browser = await startBrowser();
  const host = await startHost({ profile });
  /** @type {{ before: number[], all: number[], painted: number[] }} */
  const seen = { before: [], all: [], painted: [] };
  try {
    const page = await openPage(browser);
    await page.goto(host.word);
    await openFirstDraft(page);
    await page.addInitScript(notePaint);
    for (let round = 0; round < rounds; round++) {
      await page.reload();
      await editorOf(page).waitFor();
      const { painted, scripts } = await loadedBy(page);
      const before = scripts.filter(({ responseEnd }) => responseEnd <= painted);
      const early = before.find(({ name }) => /monaco|editor\.api/.test(name));
      if (painted === 0 || early)
        throw new Error(`${early?.name ?? "Nothing"} was loaded before the composer was painted.`);
      seen.before.push(kilobytes(before));
      seen.all.push(kilobytes(scripts));
      seen.painted.push(painted);
    }
  } finally {
    await browser.close();
    await host.stop();
    await rm(profile, { recursive: true, force: true });
  }
  return [
    {
      name: "JavaScript before the composer's first paint, gzipped",
      ...{ unit: "kB", ours: spreadOf(seen.before), against: "the goal", theirs: spreadOf([goal]) },
    },
    {
      name: "JavaScript until the composer's editor is there, gzipped, without workers",
      ...{
        unit: "kB",
        ours: spreadOf(seen.all),
        against: "before its first paint",
        theirs: spreadOf(seen.before),
      },
    },
    {
      name: "from the page's request to the composer's first paint",
      ...{ unit: "ms", ours: spreadOf(seen.painted), against: "", theirs: null },
    },
  ];
};
