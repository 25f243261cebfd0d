import type { App } from "vue";
import { AppError } from "../../shared/contract/errors";
import type { Client } from "../client";
import { useProblems } from "./problems";

const detailOf = (error: unknown): string =>
  (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 20_000);

/** A browser's own remarks, which are no failure of ours. */
const harmless = /ResizeObserver loop/;

/**
 * What fails in the window and was caught nowhere is said, and kept as an error report; the window goes on. An answer of
 * the core is no failure of the window.
 */
export const reportFailures = (app: App, client: Client): void => {
  const failed = (error: unknown): void => {
    if (harmless.test(detailOf(error))) return;
    // Monaco calls off what it no longer needs.
    if (error instanceof Error && error.name === "Canceled") return;
    const problems = app.runWithContext(() => useProblems());
    if (error instanceof AppError) return problems.report(error);
    const message = error instanceof Error ? error.message : String(error);
    problems.report(
      new AppError({
        code: "INTERNAL",
        message: `Something in this window failed: ${message}`,
        hint: "What you typed stays. An error report is kept; it can be copied in Settings.",
      }),
    );
    client.call("reports.add", { what: "The window failed", detail: detailOf(error) }).catch(() => undefined);
  };
  app.config.errorHandler = (error) => {
    console.error(error);
    failed(error);
  };
  addEventListener("error", ({ error, message }) => failed(error ?? message));
  addEventListener("unhandledrejection", ({ reason }) => failed(reason));
};
