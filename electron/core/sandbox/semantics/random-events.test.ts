import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { applyChanges, diffProfiles } from "../../../../shared/diff-profile";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import { defaultConfig } from "../config/sandbox-config";
import { applyEvent } from "./apply-event";
import { closeDueSessions, nextClosing } from "./close-sessions";
import { lookUpsFor } from "./look-ups";
import type { SandboxRules } from "./rules";
import { randomEvent, type RandomEvent } from "./testing/random-events";
import { createWorldInMemory, type WorldInMemory } from "./testing/world-in-memory";
import type { Applied, EventToApply, LookUps, World } from "./world";

const browsers = ["phone", "laptop", "desk", "kiosk"];

const randomRules: fc.Arbitrary<SandboxRules> = fc
  .record<Partial<SandboxRules>>({
    dataModel: fc.constantFrom("2.1", "2.0"),
    whenNoMatch: fc.constantFrom("become-customer", "new-visitor"),
    unidentifiedOrder: fc.constantFrom("accept", "fail"),
    repeatedOrder: fc.constantFrom("fail", "accept"),
    identityRules: fc.constantFrom<SandboxRules["identityRules"]>(
      defaultConfig.identityRules,
      [{ personalData: ["email"] }, { provider: "CRM" }],
      [{ provider: "OTHER" }, { personalData: ["email", "firstName"] }, { provider: "email" }],
    ),
  } as never)
  .map((changed) => ({ ...defaultConfig, ...changed }));

const freeze = (value: unknown): void => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
};

/** A world that knows nothing but what the look-ups of an event name, as one that reads a database. */
const only = (world: World, needs: LookUps): World => {
  const allow = <T>(allowed: boolean, answer: () => T): T => {
    if (!allowed) throw new Error("A rule asked for what no look-up names.");
    return answer();
  };
  return {
    ...world,
    guestOfBrowser: (ref) => allow(needs.browserRefs.includes(ref), () => world.guestOfBrowser(ref)),
    guestByIdentifier: (provider, id) =>
      allow(
        needs.identifiers.some((one) => one.provider === provider && one.id === id),
        () => world.guestByIdentifier(provider, id),
      ),
    guestByPersonalData: (data) =>
      allow(
        needs.personalData.some((one) => isDeepStrictEqual(one, data)),
        () => world.guestByPersonalData(data),
      ),
    hasOrder: (reference) =>
      allow(needs.orderReferences.includes(reference), () => world.hasOrder(reference)),
    extensionType: (eventType, attribute) =>
      allow(
        needs.extensions.some((one) => one.eventType === eventType && one.attribute === attribute),
        () => world.extensionType(eventType, attribute),
      ),
  };
};

const play = (
  stream: readonly RandomEvent[],
  rules: SandboxRules,
  check: (event: EventToApply, world: WorldInMemory) => void = () => undefined,
): { world: WorldInMemory; outcomes: Applied[] } => {
  const world = createWorldInMemory();
  for (const browser of browsers) world.checkIn(`guest-${browser}`, browser, 0);
  let at = 0;
  const outcomes = stream.map(({ browser, type, catalog, payload, pause }, index) => {
    at += pause;
    const event = { ref: `event-${index}`, type, catalog, browserRef: browser, payload, at };
    check(event, world);
    return world.apply(event, rules);
  });
  return { world, outcomes };
};

const sorted = (values: readonly string[]): string[] => [...values].sort();

describe("any stream of events", () => {
  // A machine under load may take its time: how long these run is not what they are about.
  const property = (name: string, check: (stream: RandomEvent[], rules: SandboxRules) => void): void => {
    it(name, { timeout: 120_000 }, () => {
      const stream = fc.array(randomEvent, { maxLength: 60, size: "max" });
      fc.assert(fc.property(stream, randomRules, check), { numRuns: 150 });
    });
  };

  property("brings each event to exactly one state, with a reason where it failed", (stream, rules) => {
    for (const { status, issues } of play(stream, rules).outcomes) {
      expect(["PROCESSED", "FAILED"]).toContain(status);
      expect(issues.some(({ severity }) => severity === "error")).toBe(status === "FAILED");
    }
  });

  property(
    "asks for nothing but what its look-ups name, and changes no profile in place",
    (stream, rules) => {
      play(stream, rules, (event, world) => {
        world.guests().forEach(freeze);
        applyEvent(event, only(world, lookUpsFor(event, rules)), rules);
      });
    },
  );

  property("leaves on profiles only what JSON can carry", (stream, rules) => {
    for (const guest of play(stream, rules).world.guests())
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(guest)), guest)).toBe(true);
  });

  property("makes changes that give the profile after from the one before", (stream, rules) => {
    const { world } = play(stream, rules);
    const latest = new Map<string, GuestProfile>();
    for (const { before, after, why } of world.changes()) {
      expect(before).toBe(latest.get(after.ref));
      expect(why).not.toBe("");
      const changes = JSON.parse(JSON.stringify(diffProfiles(before, after)));
      const known = JSON.stringify(before);
      expect(isDeepStrictEqual(applyChanges(before, changes), after)).toBe(true);
      expect(JSON.stringify(before)).toBe(known);
      latest.set(after.ref, after);
    }
  });

  property("builds the same profiles when it is played again", (stream, rules) => {
    const [first, second] = [play(stream, rules), play(stream, rules)];
    expect(JSON.stringify(second.world.guests())).toBe(JSON.stringify(first.world.guests()));
    expect(JSON.stringify(second.outcomes)).toBe(JSON.stringify(first.outcomes));
  });

  property("loses no guest, browser, session or order, and has none twice", (stream, rules) => {
    const { world, outcomes } = play(stream, rules);
    const ever = { sessions: new Set<string>(), orders: new Set<string>() };
    for (const { after } of world.changes()) {
      for (const { ref } of after.sessions) ever.sessions.add(ref);
      for (const { ref } of after.orders) ever.orders.add(ref);
    }
    const guests = world.guests();
    expect(sorted(guests.flatMap((guest) => guest.browsers.map(({ ref }) => ref)))).toEqual(sorted(browsers));
    expect(sorted(guests.flatMap((guest) => guest.sessions.map(({ ref }) => ref)))).toEqual(
      sorted([...ever.sessions]),
    );
    expect(sorted(guests.flatMap((guest) => guest.orders.map(({ ref }) => ref)))).toEqual(
      sorted([...ever.orders]),
    );
    const processed = outcomes.filter(({ status }) => status === "PROCESSED").length;
    expect(guests.reduce((sum, { events }) => sum + events, 0)).toBe(processed);
    for (const { guestType, mergedInto } of guests) expect(mergedInto !== null).toBe(guestType === "retired");
  });

  property("has as lifetime value what the orders that count are worth", (stream, rules) => {
    for (const { orders, lifetimeValue } of play(stream, rules).world.guests()) {
      const values: Record<string, number> = {};
      for (const { counts, currencyCode, price } of orders)
        if (counts && currencyCode !== null && price !== 0)
          values[currencyCode] = (values[currencyCode] ?? 0) + price;
      expect(Object.keys(lifetimeValue).sort()).toEqual(Object.keys(values).sort());
      for (const [currency, value] of Object.entries(values))
        expect(lifetimeValue[currency]).toBeCloseTo(value, 5);
    }
  });

  property("leaves no session open once every time-out has passed", (stream, rules) => {
    for (const guest of play(stream, rules).world.guests()) {
      const end = nextClosing(guest, rules);
      const closed = closeDueSessions(guest, rules, Number.MAX_SAFE_INTEGER)?.after ?? guest;
      expect(nextClosing(closed, rules)).toBe(null);
      expect(closed.sessions.every(({ status, endedAt }) => status === "CLOSED" && endedAt !== null)).toBe(
        true,
      );
      expect(closed.cart).toBe(null);
      if (end !== null) expect(closeDueSessions(guest, rules, end - 1)).toBe(null);
    }
  });
});
