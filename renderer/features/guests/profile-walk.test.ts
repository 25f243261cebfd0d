import { expect, it } from "vitest";
import { guestOf } from "../../../shared/guest-words/guests-for-tests";
import type { GuestProfile } from "../../../shared/model/guest-profile";
import { ProfileWalk, type Frame } from "./profile-walk";
import { stepOf } from "./steps-for-tests";

const states = (count: number, given: Partial<GuestProfile> = {}): GuestProfile[] =>
  Array.from({ length: count }, (_, events) => guestOf({ ...given, events: events + 1 }));

const historyOf = (profiles: readonly GuestProfile[]) =>
  profiles.map((profile, index) => stepOf(index + 1, profiles[index - 1], profile));

/** Walks as the store does: learns what is asked for. @returns the frame and how often something had to be learnt */
const walkTo = (walk: ProfileWalk, index: number, profiles: readonly GuestProfile[]) => {
  for (let learnt = 0; ; learnt++) {
    const found: Frame | { learn: number } = walk.frame(index);
    if ("after" in found) return { frame: found, learnt };
    walk.learn(found.learn, profiles[found.learn] as GuestProfile);
  }
};

it("finds the profile before and after every step of a long history", () => {
  const profiles = states(300);
  const walk = new ProfileWalk();
  walk.extend(historyOf(profiles));
  for (const index of [0, 299, 1, 63, 64, 65, 150, 298]) {
    const { frame } = walkTo(walk, index, profiles);
    expect(frame.after).toEqual(profiles[index]);
    expect(frame.before).toEqual(profiles[index - 1] ?? null);
  }
});

it("asks for few profiles while a person steps through", () => {
  const profiles = states(1000);
  const walk = new ProfileWalk();
  walk.extend(historyOf(profiles));
  let asked = 0;
  for (let index = 999; index >= 0; index--) asked += walkTo(walk, index, profiles).learnt;
  expect(asked).toBeLessThanOrEqual(Math.ceil(1000 / 64) + 1);
});

it("keeps the line of a guest that merged later apart", () => {
  const [ada, adaAfter] = states(2, { ref: "ada" }) as [GuestProfile, GuestProfile];
  const other = guestOf({ ref: "other" });
  const walk = new ProfileWalk();
  const steps = [
    stepOf(1, undefined, ada),
    stepOf(2, undefined, other, { from: "other" }),
    stepOf(3, ada, adaAfter),
  ];
  walk.extend(steps);
  const profiles = [ada, other, adaAfter];
  expect(walkTo(walk, 1, profiles).frame).toEqual({ index: 1, before: null, after: other });
  expect(walkTo(walk, 2, profiles).frame).toEqual({ index: 2, before: ada, after: adaAfter });
});

it("takes the whole profile where the changes do not fit", () => {
  const [first, second] = states(2) as [GuestProfile, GuestProfile];
  const walk = new ProfileWalk();
  const broken = stepOf(2, first, second, { changes: [{ op: "remove", path: "/nowhere/0" }] });
  walk.extend([stepOf(1, undefined, first), broken]);
  expect(walkTo(walk, 1, [first, second]).frame.after).toEqual(second);
});
