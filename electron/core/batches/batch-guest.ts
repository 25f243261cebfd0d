import type { StreamEvent } from "../../../shared/model/event";
import type { GuestContext } from "../../../shared/model/guest";
import { guestOfEvent } from "../sender/guest-of-event";
import type { RunAnswer } from "../sender/run-sends";

interface Parts {
  /** The environment's guest context as it is now; null where there is none yet. */
  read(): Promise<GuestContext | null>;
  /** Asks the target for a browser and keeps it as the environment's guest context. @throws AppError UNREACHABLE */
  make(): Promise<GuestContext>;
  /** Forgets a browser that a sandbox knows no more, because it was emptied. */
  forget(browserId: string): Promise<void>;
}

/** Who the events of a batch come from: who they say, and else the environment's guest context, made once. */
export const createBatchGuest = async ({ read, make, forget }: Parts) => {
  let context = await read();
  let refs = new Map<string, string>();
  const learn = (): void => {
    refs = new Map(context?.guestRef ? [[context.browserId, context.guestRef]] : []);
  };
  learn();

  const known = (event: StreamEvent) => guestOfEvent(event, undefined, context);

  return {
    /** @throws AppError where a browser is needed and none can be made */
    async of(event: StreamEvent, signal: AbortSignal): Promise<{ browserId: string; sessionId: string }> {
      const found = known(event);
      if (found) return found;
      signal.throwIfAborted();
      context = (await read()) ?? (await make());
      learn();
      return known(event) ?? context;
    },
    /** The guest that a built event is known to belong to; null where that is not known. */
    refOf(event: StreamEvent): string | null {
      const id = event["browser_id"];
      return typeof id === "string" ? (refs.get(id) ?? null) : null;
    },
    async answered(event: StreamEvent, { status }: RunAnswer): Promise<void> {
      if (status !== 404 || context === null || event["browser_id"] !== context.browserId) return;
      const { browserId } = context;
      context = null;
      await forget(browserId);
    },
  };
};

export type BatchGuest = Awaited<ReturnType<typeof createBatchGuest>>;
