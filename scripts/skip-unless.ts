import type { TestContext } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** Read by `npm test`, which ends with the reasons of what it skipped. */
    skipReason?: string;
  }
}

/** Skips a test out loud where it cannot run. @param reason what it needs, and what is so here */
export const skipUnless = (context: TestContext, canRun: boolean, reason: string): void => {
  if (canRun) return;
  context.task.meta.skipReason = reason;
  context.skip(reason);
};
