import { describe, expect, it } from "vitest";
import type { EntryRow } from "../../../shared/model/entry";
import { eventsOf, mostPicked, nameFor, nonePicked, pickedOf, rangeOf, toggled } from "./picked";

const rowOf = (seq: number, type = "VIEW", kind: EntryRow["kind"] = "event"): EntryRow => ({
  ...{ seq, revision: seq, id: `e${seq}`, at: "2026-11-25T10:00:00.000Z", state: "done", kind, type },
  ...{ direction: "sent", source: { kind: "composer" }, environment: "sandbox", transport: "spec" },
  ...{ summary: "", status: 201, error: null, latency: 2, schema: "valid", ingestion: "processed" },
  ...{ errors: 0, warnings: 0, reason: null, guestRef: null },
});
const ids = (picked: ReadonlyMap<string, EntryRow>): string[] => [...picked.keys()];

describe("selecting several entries", () => {
  it("joins the chosen entry with another, and leaves one alone when the other is taken out", () => {
    const [a, b] = [rowOf(1), rowOf(2)];
    const both = toggled(nonePicked, a, b);
    expect(ids(both.picked)).toEqual(["e1", "e2"]);
    expect(both.chosen).toBe(b);
    expect(toggled(both.picked, b, b)).toEqual({ picked: nonePicked, chosen: a });
  });

  it("selects the first entry alone, and nothing when it is taken out", () => {
    const a = rowOf(1);
    expect(toggled(nonePicked, undefined, a)).toEqual({ picked: nonePicked, chosen: a });
    expect(toggled(nonePicked, a, a)).toEqual({ picked: nonePicked, chosen: null });
  });

  it("takes no more than a scenario is made from", () => {
    const full = pickedOf(Array.from({ length: mostPicked }, (_, at) => rowOf(at)));
    expect(toggled(full, rowOf(0), rowOf(mostPicked)).picked.size).toBe(mostPicked);
    expect(rangeOf(10, 5000)).toEqual({ from: 10, to: 1009 });
    expect(rangeOf(5000, 10)).toEqual({ from: 4001, to: 5000 });
    expect(rangeOf(4, 4)).toEqual({ from: 4, to: 4 });
  });
});

describe("what a scenario is made from", () => {
  it("is the events in the order in which they happened", () => {
    const rows = [rowOf(3, "ADD"), rowOf(1, "browser/create", "browser"), rowOf(2)];
    expect(eventsOf(rows).map(({ id }) => id)).toEqual(["e2", "e3"]);
  });

  it.each([
    [["VIEW"], "View"],
    [["VIEW", "VIEW"], "View"],
    [["VIEW", "SEARCH"], "View and search"],
    [["VIEW", "SEARCH", "VIEW", "ADD"], "View, search and add"],
    [["VIEW", "SEARCH", "ADD", "IDENTITY", "ORDER_CHECKOUT"], "View to order checkout"],
    [["VIEW", "SEARCH", "ADD", "IDENTITY", "VIEW"], "View to identity"],
    [["shop:WISHLIST_ADD"], "Wishlist add"],
    [[], "Journey"],
  ])("is named after %j: %s", (types, name) =>
    expect(nameFor(types.map((type, at) => rowOf(at, type)))).toBe(name),
  );
});
