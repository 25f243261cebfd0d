// @ts-check
// What a page's main thread does, as Chromium itself records it.

/** @typedef {{ wall: number, cpu: number, at: number }} Task milliseconds: on the clock, on the processor */
/** @typedef {{ name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number, args?: { name?: string } }} TraceEvent */

const categories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"];

/**
 * Records the tasks of a page's main thread. Their time on the processor is what the page itself costs; the time on the
 * clock is longer on a busy machine.
 *
 * @param {import("@playwright/test").CDPSession} session of the page's browser
 * @returns {Promise<() => Promise<Task[]>>} ends the recording
 */
export const recordTasks = async (session) => {
  /** @type {TraceEvent[]} */
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) =>
    events.push(.../** @type {TraceEvent[]} */ (/** @type {unknown} */ (value))),
  );
  const traceConfig = {
    recordMode: /** @type {const} */ ("recordAsMuchAsPossible"),
    includedCategories: categories,
  };
  await session.send("Tracing.start", { traceConfig, transferMode: "ReportEvents" });
  return async () => {
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    return tasksOf(events);
  };
};

/** The busiest renderer's main thread is the page's: nothing else is open. */
const tasksOf = (/** @type {readonly TraceEvent[]} */ events) => {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  /** @type {Map<string, Task[]>} */
  const byThread = new Map();
  for (const { name, ph, ts, dur = 0, tdur, pid, tid } of events) {
    const thread = `${pid} ${tid}`;
    if (ph !== "X" || !/RunTask$/.test(name) || !mains.has(thread)) continue;
    const tasks = byThread.get(thread) ?? [];
    tasks.push({ wall: dur / 1000, cpu: (tdur ?? dur) / 1000, at: ts / 1000 });
    byThread.set(thread, tasks);
  }
  const spent = (/** @type {Task[]} */ tasks) => tasks.reduce((sum, { cpu }) => sum + cpu, 0);
  return [...byThread.values()].sort((a, b) => spent(b) - spent(a))[0] ?? [];
};

/**
 * Counts the frames of a page, and how long each took.
 *
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<() => Promise<number[]>>} ends it and gives the milliseconds between frames
 */
export const recordFrames = async (page) => {
  const handle = await page.evaluateHandle(() => {
    /** @type {{ frames: number[], running: boolean }} */
    const state = { frames: [], running: true };
    let last = performance.now();
    const next = (/** @type {number} */ now) => {
      state.frames.push(now - last);
      last = now;
      if (state.running) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    return state;
  });
  return () =>
    handle.evaluate((state) => {
      state.running = false;
      return state.frames.slice(1);
    });
};

/**
 * Bytes of JavaScript that a page holds once its garbage is gone.
 *
 * @param {import("@playwright/test").CDPSession} session of the page
 */
export const heapOf = async (session) => {
  await session.send("HeapProfiler.enable");
  for (let times = 0; times < 3; times++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.send("HeapProfiler.disable");
  return usedSize;
};
