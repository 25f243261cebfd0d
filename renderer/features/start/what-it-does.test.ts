import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../shared/model/json";
import type { ToldStep } from "../../../shared/scenario/told-steps";
import { lengthWords, storyOf } from "./what-it-does";

const told = (step: JsonObject, kind: ToldStep["kind"] = "send", times = 1): ToldStep => {
  const { send } = step;
  return { number: "1", title: "A step", kind, type: typeof send === "string" ? send : null, times, step };
};

describe("what each step does, for somebody who has never seen a scenario", () => {
  it("tells how a visitor becomes a customer with an order", () => {
    const lines = storyOf([
      told({ send: "VIEW" }),
      told({ send: "SEARCH" }),
      told({ send: "ADD" }, "repeat", 3),
      told({ send: "IDENTITY", event: { firstname: "Ada", lastname: "King" } }),
      told({ guest: { expect: { guestType: "customer" }, within: "15s" } }, "guest"),
      told({ guest: { expect: { firstName: "Ada", lastName: "King", cart: {}, phone: 1 } } }, "guest"),
      told({ guest: {} }, "guest"),
      told({ send: "ORDER_CHECKOUT" }),
      told({ clock: "31m" }, "clock"),
      told({ send: "IDENTITY" }),
      told({ send: "shop:REVIEW" }),
    ]);
    expect(lines.map(({ comes }) => comes)).toEqual([
      "A visitor appears",
      "The session counts a search",
      "The cart fills, 3 times",
      "The visitor becomes a customer",
      "It must say customer within 15 s",
      "Checks the name, cart and profile",
      "There must be such a guest",
      "The cart becomes an order",
      "31 min pass in the sandbox",
      "The guest is recognised",
      "The guest's history grows",
    ]);
    expect(lines.map(({ known }) => known)).toEqual([false, false, false, ...Array<boolean>(8).fill(true)]);
    expect(lines.map(({ initials }) => initials).filter((initials) => initials !== null)).toEqual(["AK"]);
  });

  it("says no initials where a template says the name", () => {
    expect(storyOf([told({ send: "IDENTITY", event: { firstname: "{{ name }}" } })])[0]?.initials).toBeNull();
  });

  it("says how long the waits take", () => {
    expect(lengthWords([])).toBe("under a second");
    expect(lengthWords(["2s", "500ms", "{{ pause }}"])).toBe("about 3 s");
    expect(lengthWords(["2m"])).toBe("about 2 min");
  });
});
