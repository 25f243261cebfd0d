import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { SandboxConfig } from "../config/sandbox-config";
import { applyEvent } from "../semantics/apply-event";
import { lookUpsFor } from "../semantics/look-ups";
import type { Applied, EventToApply, LookUps } from "../semantics/world";
import { createStepRecorder, type StepRecorder } from "../store/history-steps";
import type { LoadedWorld } from "../store/load-world";
import type { SettledEvent, WaitingEvent } from "../store/stored-event";
import { createBatchWorld } from "./batch-world";
import { catalogFor, refusalOf } from "./refuse-event";

/** What a batch of events comes to. */
export interface AppliedEvents {
  outcomes: SettledEvent[];
  recorder: StepRecorder;
  extensionTypes: Applied["extensionTypes"];
}

const toApply = (event: WaitingEvent, config: SandboxConfig): EventToApply => ({
  ref: event.ref,
  type: String(event.payload["type"]),
  catalog: catalogFor(event.transport, config),
  browserRef: event.browserRef,
  payload: event.payload,
  at: event.at,
});

const none = (): LookUps => ({
  browserRefs: [],
  identifiers: [],
  personalData: [],
  orderReferences: [],
  extensions: [],
});

/** What has to be known before these events can be applied. One that the rules cannot read looks up its browser. */
export const lookUpsOf = (events: readonly WaitingEvent[], config: SandboxConfig): LookUps => {
  const all = none();
  for (const event of events) {
    all.browserRefs.push(event.browserRef);
    try {
      const wanted = lookUpsFor(toApply(event, config), config);
      all.browserRefs.push(...wanted.browserRefs);
      all.identifiers.push(...wanted.identifiers);
      all.personalData.push(...wanted.personalData);
      all.orderReferences.push(...wanted.orderReferences);
      all.extensions.push(...wanted.extensions);
    } catch {
      // Applying it will say what is wrong.
    }
  }
  return all;
};

/** What is said of an event at which the sandbox itself failed. */
export const sandboxFailure = (event: WaitingEvent): SettledEvent => ({
  seq: event.seq,
  status: "FAILED",
  issues: [
    {
      severity: "error",
      code: "sandbox-failure",
      path: "",
      message: "The sandbox itself failed at this event; it was kept and nothing came of it.",
      catalog: "spec",
    },
  ],
  guestRef: event.guestRef,
  sessionRef: null,
});

/**
 * Applies events in the order of their acceptance, each to what those before it have made of the world. One that the
 * rules cannot stand ends FAILED, leaves nothing behind and holds up no other.
 */
export const applyEvents = (
  events: readonly WaitingEvent[],
  loaded: LoadedWorld,
  config: SandboxConfig,
  report: (problem: string) => void,
): AppliedEvents => {
  const world = createBatchWorld(loaded);
  const recorder = createStepRecorder((ref) => loaded.guests.get(ref));
  const extensionTypes: Applied["extensionTypes"] = [];

  const settle = (event: WaitingEvent): SettledEvent => {
    const refused = refusalOf(event.payload, event.transport, config);
    if (refused) {
      const guest: GuestProfile | undefined = world.guestOfBrowser(event.browserRef);
      return { seq: event.seq, ...refused, guestRef: guest?.ref ?? event.guestRef, sessionRef: null };
    }
    const applied = applyEvent(toApply(event, config), world, config);
    recorder.record(applied.changes, event.seq);
    world.take(applied);
    extensionTypes.push(...applied.extensionTypes);
    const { status, issues, guestRef, sessionRef } = applied;
    return { seq: event.seq, status, issues, guestRef, sessionRef };
  };

  const outcomes = events.map((event) => {
    try {
      return settle(event);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report(`The sandbox could not apply event ${event.seq}: ${reason}`);
      return sandboxFailure(event);
    }
  });
  return { outcomes, recorder, extensionTypes };
};
