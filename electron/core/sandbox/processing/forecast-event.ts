import { diffProfiles } from "../../../../shared/diff-profile";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Forecast } from "../../../../shared/model/run";
import type { Issue } from "../../../../shared/model/verdict";
import type { JsonObject } from "../../../../shared/model/json";
import type { SandboxConfig } from "../config/sandbox-config";
import type { LoadedWorld } from "../store/load-world";
import type { WaitingEvent } from "../store/stored-event";
import { applyEvents } from "./apply-events";

/** What would become of an event, and why: as the outcome has it, with what it says to people. */
export interface EventForecast extends Forecast {
  issues: Issue[];
}

const asJson = (profile: GuestProfile | undefined): JsonObject | null =>
  (profile ?? null) as unknown as JsonObject | null;

/**
 * Applies an event, and those that wait before it, to what was loaded of the world. Profiles are never changed in
 * place, so nothing comes of it but this answer.
 *
 * @param waiting those that were accepted and have no outcome yet
 */
export const forecastEvent = (
  event: WaitingEvent,
  waiting: readonly WaitingEvent[],
  loaded: LoadedWorld,
  config: SandboxConfig,
  report: (problem: string) => void,
): EventForecast => {
  const without = applyEvents(waiting, loaded, config, report).recorder;
  const { outcomes, recorder } = applyEvents([...waiting, event], loaded, config, report);
  const outcome = outcomes.at(-1);
  const ref = outcome?.guestRef ?? event.guestRef;
  const profileIn = ({ guests }: typeof recorder): GuestProfile | undefined =>
    guests().get(ref)?.after ?? loaded.guests.get(ref)?.profile;
  const [before, after] = [profileIn(without), profileIn(recorder)];
  const steps = recorder.steps().slice(without.steps().length);
  const issues = outcome?.issues ?? [];
  return {
    status: outcome?.status ?? "FAILED",
    guestRef: after === undefined ? null : ref,
    changes: after === undefined ? [] : diffProfiles(before, after),
    before: asJson(before),
    after: asJson(after),
    why: [...steps.map(({ why }) => why), ...issues.map(({ message }) => message)],
    issues,
  };
};
