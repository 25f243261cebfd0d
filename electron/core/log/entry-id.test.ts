import { expect, it } from "vitest";
import { newEntryId } from "./entry-id";

it("is a UUID of version 7, and each comes after the one before, however many there are in a millisecond", () => {
  const ids = Array.from({ length: 10_000 }, newEntryId);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});
