import type { BodyReply, BodyRequestName, BodyRequests } from "./body-requests";
import BodyWorker from "./body.worker?worker";

/** A body in a worker of its own. */
export interface OpenBody {
  /** @throws Error with a sentence that says why there is no answer */
  ask<N extends BodyRequestName>(
    name: N,
    input: BodyRequests[N]["input"],
  ): Promise<BodyRequests[N]["answer"]>;
  /** Ends the worker; what is being asked is never answered. */
  close(): void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Starts a worker that reads one body and answers what is drawn of it. */
export const openBody = (): OpenBody => {
  const worker = new BodyWorker();
  const waiting = new Map<number, Waiting>();
  let last = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<BodyReply>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ("error" in data) call?.reject(new Error(data.error));
    else call?.resolve(data.answer);
  });
  worker.addEventListener("error", () => {
    // Out of memory, as a rule.
    for (const call of waiting.values())
      call.reject(new Error("This body is more than can be shown. Save it."));
    waiting.clear();
  });
  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
        worker.postMessage({ id, name, input });
      }),
    close: () => worker.terminate(),
  };
};
