import { describe, expect, test } from "vitest";
import { stepResult } from "../run/runs-for-tests";
import { guestSubject } from "./guest-subject";
import { questionOfRun } from "./tenant-question";

const guest = (ref: string, seq: number | null) => ({ guest: { ref, seq } });

describe("whose guest is shown", () => {
  const view = stepResult({ number: "1", ...guest("4f2a", 3) });
  const wait = stepResult({ number: "2", kind: "wait", guest: null });
  const identity = stepResult({ number: "3", ...guest("4f2a", 4) });
  const all = [view, wait, identity];

  test("the last step's, where none is chosen", () => {
    expect(guestSubject(all, null)).toMatchObject({ result: identity, place: { seq: 4 } });
  });

  test("the chosen step's, as it was then", () => {
    expect(guestSubject(all, view)).toMatchObject({ result: view, place: { seq: 3 } });
  });

  test("of a step that has none, the one before it", () => {
    expect(guestSubject(all, wait)).toMatchObject({ result: view });
  });

  test("of a step that only looks at a guest, the one before it", () => {
    const look = stepResult({ number: "4", kind: "guest", ...guest("4f2a", null) });
    expect(guestSubject([...all, look], look)).toMatchObject({ result: identity });
  });

  test("where the place in the history is not known, the event leads there", () => {
    const accepted = stepResult({ response: { ref: "e7", status: "OK" }, ...guest("4f2a", null) });
    expect(guestSubject([accepted], null)?.place).toEqual({ eventRef: "e7" });
  });

  test("nobody's, before anything was sent", () => {
    expect(guestSubject([wait], null)).toBeNull();
  });
});

test("a tenant is asked by the last e-mail or identifier that was sent", () => {
  const sent = (event: Parameters<typeof stepResult>[0]) => stepResult(event);
  const email = sent({ event: { email: "ada@lovelace.example" } });
  const crm = sent({ event: { identifiers: [{ provider: "CRM", id: "77" }] } });
  expect(questionOfRun([email, sent({ event: { page: "/" } })])).toEqual({ email: "ada@lovelace.example" });
  expect(questionOfRun([email, crm])).toEqual({ identifier: { provider: "CRM", id: "77" } });
  expect(questionOfRun([])).toBeNull();
});
