// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sizeOf } from "../scripts/initial-scripts.mjs";
import { editorOf, openFirstDraft, openPage, startBrowser } from "./browser.mjs";
import { spreadOf } from "./figures.mjs";
import { startHost } from "./host-channel.mjs";
import { startNode } from "./processes.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./browser.mjs").Page} Page
 */

/** Kilobytes, gzipped: what the composer may load before its first paint. */
const goal = 250;

/** Notes when the composer is about to be painted, and when it has been. */
const notePaint = () =>
  new MutationObserver((_, observer) => {
    if (document.querySelector("[data-pane]") === null) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      performance.mark("composer ready");
      // The second frame begins once the first is on the screen.
      requestAnimationFrame(() => performance.mark("composer painted"));
    });
  }).observe(document, { childList: true, subtree: true });

/** Which scripts the page has loaded, and when the composer was painted. @param {Page} page */
const loadedBy = (page) =>
  page.evaluate(() => ({
    ready: performance.getEntriesByName("composer ready")[0]?.startTime ?? 0,
    painted: performance.getEntriesByName("composer painted")[0]?.startTime ?? 0,
    scripts: performance
      .getEntriesByType("resource")
      .map((entry) => /** @type {PerformanceResourceTiming} */ (entry))
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .map(({ name, startTime }) => ({ name: new URL(name).pathname.slice(1), startTime })),
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
  const bare = await startNode(["bench/bare-page.mjs"], /ready at (http:\S+)/);
  /** @type {{ before: number[], all: number[], painted: number[], bare: number[] }} */
  const seen = { before: [], all: [], painted: [], bare: [] };
  try {
    const page = await openPage(browser);
    await page.goto(host.word);
    await openFirstDraft(page);
    await page.addInitScript(notePaint);
    const barePage = await openPage(browser);
    await barePage.addInitScript(notePaint);
    for (let round = 0; round < rounds; round++) {
      await page.reload();
      await editorOf(page).waitFor();
      const { ready, painted, scripts } = await loadedBy(page);
      const before = scripts.filter(({ startTime }) => startTime <= ready);
      const early = before.find(({ name }) => /monaco|editor\.api/.test(name));
      if (painted === 0 || early)
        throw new Error(`${early?.name ?? "Nothing"} was asked for before the composer was painted.`);
      seen.before.push(kilobytes(before));
      seen.all.push(kilobytes(scripts));
      seen.painted.push(painted);
      await barePage.goto(bare.word);
      await barePage.waitForFunction(() => performance.getEntriesByName("composer painted").length > 0);
      seen.bare.push((await loadedBy(barePage)).painted);
    }
  } finally {
    await browser.close();
    await Promise.all([host.stop(), bare.stop()]);
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
      ...{
        unit: "ms",
        ours: spreadOf(seen.painted),
        against: "a page with a text field",
        theirs: spreadOf(seen.bare),
      },
    },
  ];
};
