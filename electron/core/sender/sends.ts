import { setMaxListeners } from "node:events";
import { AppError } from "../../../shared/contract/errors";
import { SendAborted } from "./explain-failure";

/** The sends of this process that are under way, by the id of their entry. */
export const createSends = () => {
  const controllers = new Map<string, AbortController>();
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();
  // Every send that is under way may listen.
  setMaxListeners(0, closing.signal);

  return {
    /** Aborts when Bellhop closes. */
    closing: closing.signal,

    /** @throws AppError CLOSED, or CONFLICT where a send with this id is under way */
    async run<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      if (closing.signal.aborted) {
        throw new AppError({ code: "CLOSED", message: "Bellhop is closing; nothing was sent." });
      }
      if (controllers.has(id)) {
        throw new AppError({
          code: "CONFLICT",
          message: `A send with the id ${id} is under way.`,
          hint: "Leave the id out, or choose a new one.",
          field: "/id",
        });
      }
      const controller = new AbortController();
      controllers.set(id, controller);
      const working = work(controller.signal).finally(() => {
        controllers.delete(id);
        running.delete(working);
      });
      running.add(working);
      return working;
    },

    /** Has the end of Bellhop wait for work that ends soon after {@link closing} aborts. */
    follow<T>(working: Promise<T>): Promise<T> {
      running.add(working);
      const done = (): void => void running.delete(working);
      working.then(done, done);
      return working;
    },

    /** @returns whether there was a send to cancel */
    cancel(id: string): boolean {
      const controller = controllers.get(id);
      controller?.abort(new SendAborted("cancelled"));
      return controller !== undefined;
    },

    /** Aborts everything and waits for it to end. */
    async close(): Promise<void> {
      closing.abort(new SendAborted("closing"));
      for (const controller of controllers.values()) controller.abort(new SendAborted("closing"));
      await Promise.allSettled(running);
    },
  };
};

export type Sends = ReturnType<typeof createSends>;
