import { test as base } from "@playwright/test";
import { startLoopback, type LoopbackOptions, type RunningLoopback } from "../fixtures/loopback";
import { enter, type Entered } from "../fixtures/loopback-browser";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";

/** The loopback host as built, one for each worker, and a browser's rights on it. */
export const test = base.extend<
  {
    /** Starts another one, on a profile of its own, for the length of a test. */
    startAnother(options?: Omit<LoopbackOptions, "profile">): Promise<RunningLoopback>;
  },
  { loopback: RunningLoopback; entered: Entered }
>({
  loopback: [
    async ({}, use) => {
      const folder = await makeTemporaryFolder();
      const loopback = await startLoopback({ profile: folder.path });
      await use(loopback);
      await loopback.stop();
      await folder.remove();
    },
    { scope: "worker" },
  ],
  // By an address of its own: by the first test that asks, the one that was printed may be too old.
  entered: [
    async ({ loopback }, use) =>
      use(await enter({ address: await loopback.freshAddress(), port: loopback.port })),
    { scope: "worker" },
  ],
  startAnother: async ({}, use) => {
    const ends: (() => Promise<unknown>)[] = [];
    await use(async (options) => {
      const folder = await makeTemporaryFolder();
      ends.push(folder.remove);
      const loopback = await startLoopback({ profile: folder.path, ...options });
      ends.push(loopback.stop);
      return loopback;
    });
    for (const end of ends.reverse()) await end();
  },
});

export { expect } from "@playwright/test";
