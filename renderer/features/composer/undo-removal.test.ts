import fc from "fast-check";
import { expect, test } from "vitest";
import type { Draft } from "../../../shared/model/draft";
import { moveBefore, orderDrafts, stepTarget } from "./draft-order";
import { placeOf, removalOf, type Removal } from "./undo-removal";

const draft = (id: string): Draft => ({
  ...{ id, name: id, messageType: "VIEW", text: id, revision: 1 },
  ...{ createdAt: `2026-11-23T10:00:00.${id.padStart(3, "0")}Z`, updatedAt: "" },
});
const restore = (ids: readonly string[], removal: Removal): string[] => {
  const place = placeOf(removal, ids);
  return moveBefore([...ids, removal.draft.id], removal.draft.id, place);
};
const uniqueIds = fc.uniqueArray(fc.nat({ max: 99 }).map(String), { minLength: 1, maxLength: 12 });

test("undoing every removal, the last one first, gives the list as it was", () => {
  fc.assert(
    fc.property(uniqueIds, fc.array(fc.nat(), { maxLength: 12 }), (ids, which) => {
      let list = [...ids];
      const removals: Removal[] = [];
      for (const number of which) {
        const id = list[number % Math.max(1, list.length)];
        if (id === undefined) continue;
        removals.push(removalOf(draft(id), list));
        list = list.filter((each) => each !== id);
      }
      for (const removal of removals.reverse()) list = restore(list, removal);
      expect(list).toEqual(ids);
    }),
  );
});

test("an undo keeps the others in their order, whatever was moved, made and removed meanwhile", () => {
  fc.assert(
    fc.property(uniqueIds, uniqueIds, fc.nat(), (ids, meanwhile, which) => {
      const id = ids[which % ids.length] ?? "";
      const removal = removalOf(draft(id), ids);
      const others = meanwhile.filter((each) => each !== id);
      const list = restore(others, removal);
      expect(list.filter((each) => each !== id)).toEqual(others);
      expect(list.filter((each) => each === id)).toEqual([id]);
    }),
  );
});

test("a step down and a step up again change nothing", () => {
  fc.assert(
    fc.property(uniqueIds, fc.nat(), (ids, which) => {
      const id = ids[which % ids.length] ?? "";
      const down = stepTarget(ids, id, 1);
      if (down === undefined) {
        expect(ids.at(-1)).toBe(id);
        return;
      }
      const moved = moveBefore(ids, id, down);
      expect(moved.indexOf(id)).toBe(ids.indexOf(id) + 1);
      expect(moveBefore(moved, id, stepTarget(moved, id, -1) ?? null)).toEqual(ids);
    }),
  );
});

test("drafts stand in the person's order, and new ones on top", () => {
  const ordered = orderDrafts(["1", "2", "3", "4"].map(draft), ["4", "gone", "1"]);
  expect(ordered.map(({ id }) => id)).toEqual(["3", "2", "4", "1"]);
});
