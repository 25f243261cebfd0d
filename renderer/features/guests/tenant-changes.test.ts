import { expect, it } from "vitest";
import { guestOf } from "../../../shared/guest-words/guests-for-tests";
import type { TenantGuest } from "../../../shared/model/tenant-guest";
import { tenantChanges } from "./tenant-changes";

const guest = (given: Partial<TenantGuest>): TenantGuest => ({
  ...guestOf(),
  ...{ environment: "eu", readAt: "2026-11-25T10:00:00.000Z", raw: {} },
  ...given,
});

it("tells attributes by their names, and other fields of the answer as people read them", () => {
  const before = guest({ firstName: "Ada", raw: { firstName: "Ada", modifiedAt: "1", nationality: null } });
  const after = guest({ firstName: "Eve", raw: { firstName: "Eve", modifiedAt: "2", nationality: "GB" } });
  expect(
    tenantChanges(before, after).map(({ label, old, new: now, quiet }) => [label, old, now, quiet]),
  ).toEqual([
    ["First name", "Ada", "Eve", false],
    ["Modified at", "1", "2", true],
    ["Nationality", null, "GB", false],
  ]);
});

it("says nothing where the tenant says the same", () => {
  expect(tenantChanges(guest({ raw: { a: [1] } }), guest({ raw: { a: [1] } }))).toEqual([]);
});
