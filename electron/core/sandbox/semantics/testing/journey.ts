import type { GuestProfile, GuestSession } from "../../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../../shared/model/json";
import type { CatalogName } from "../../../../../shared/model/verdict";
import { defaultConfig } from "../../config/sandbox-config";
import { closeDueSessions } from "../close-sessions";
import type { SandboxRules } from "../rules";
import type { Applied } from "../world";
import { createWorldInMemory, type WorldInMemory } from "./world-in-memory";

/** A day on which journeys start. */
export const start = Date.parse("2026-11-23T10:00:00.000Z");
export const minute = 60_000;

/** Browsers that send events into a world of their own, with time that passes when they say so. */
export interface Journey {
  world: WorldInMemory;
  /** Sends from a browser, which checks in first where it is new, as guest `guest-<browser>`. */
  send(browser: string, type: string, payload?: JsonObject): Applied;
  /** Lets time pass, and closes what is then due, as the sandbox's own clock does. */
  pass(milliseconds: number): void;
  /** Lets time pass without that anything notices: what is due closes with the next event. */
  wait(milliseconds: number): void;
  guestOf(browser: string): GuestProfile;
  guest(ref: string): GuestProfile;
  /** The sessions of a browser's guest. */
  sessions(browser: string): GuestSession[];
}

/** @param changed rules other than the sandbox's own */
export const startJourney = (catalog: CatalogName, changed: Partial<SandboxRules> = {}): Journey => {
  const world = createWorldInMemory();
  const rules: SandboxRules = { ...defaultConfig, ...changed };
  const usual: JsonObject = { channel: "WEB", pos: "bellhop", currency: "EUR" };
  if (catalog === "spec") usual["session_id"] = "one";
  let now = start;
  let count = 0;
  const must = (guest: GuestProfile | undefined): GuestProfile => {
    if (guest === undefined) throw new Error("There is no such guest.");
    return guest;
  };
  const guestOf = (browser: string): GuestProfile => must(world.guestOfBrowser(browser));
  return {
    world,
    guestOf,
    send(browser, type, payload = {}) {
      if (world.guestOfBrowser(browser) === undefined) world.checkIn(`guest-${browser}`, browser, now);
      const fields = { ...usual, type, browser_id: browser, ...payload };
      const ref = `event-${++count}`;
      return world.apply({ ref, type, catalog, browserRef: browser, payload: fields, at: now }, rules);
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const guest of world.guests()) {
        const change = closeDueSessions(guest, rules, now);
        if (change !== null) world.keep([change]);
      }
    },
    wait(milliseconds) {
      now += milliseconds;
    },
    guest: (ref) => must(world.guest(ref)),
    sessions: (browser) => guestOf(browser).sessions,
  };
};
