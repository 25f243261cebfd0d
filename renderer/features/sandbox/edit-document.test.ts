import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  addItem,
  moveItem,
  removePointOfSale,
  removeValue,
  renamePointOfSale,
  setValue,
} from "./edit-document";

const config = `# Ours
pointsOfSale:
  - name: shop # the web
    timeout: 30m
  - name: kiosk
    timeout: 20m
sites:
  main: shop
  hall: kiosk
delay: 5ms # as fast as it goes
strict: false
`;

describe("an edit of a document", () => {
  it("changes one value and leaves every comment where it is", () => {
    const text = setValue(["delay"], "2s")(config);
    expect(text).toBe(config.replace("5ms", "2s"));
    expect(setValue(["pointsOfSale", 0, "timeout"], "25m")(config)).toBe(config.replace("30m", "25m"));
  });

  it("adds a value that was not there", () => {
    expect(parse(setValue(["dataModel"], "2.0")(config))).toMatchObject({ dataModel: "2.0" });
  });

  it("leaves a value out", () => {
    expect(removeValue(["strict"])(config)).toBe(config.replace("strict: false\n", ""));
  });

  it("adds to a list, to an empty one and to one that is not there yet", () => {
    expect(
      parse(addItem(["pointsOfSale"], { name: "app", timeout: "1h" })(config)).pointsOfSale,
    ).toHaveLength(3);
    expect(addItem([], { fault: "reset" })("[]\n")).toBe("- fault: reset\n");
    expect(parse(addItem([], { fault: "reset" })(""))).toEqual([{ fault: "reset" }]);
    expect(parse(addItem(["identityRules"], { provider: "CRM" })(config)).identityRules).toEqual([
      { provider: "CRM" },
    ]);
  });

  it("goes on in the style of a list", () => {
    expect(addItem(["rules"], "loyalty")("rules: [email, CRM]\n")).toBe("rules: [email, CRM, loyalty]\n");
  });

  it("moves an item, and does nothing at the ends", () => {
    const names = (text: string): string[] =>
      (parse(text) as { pointsOfSale: { name: string }[] }).pointsOfSale.map(({ name }) => name);
    expect(names(moveItem(["pointsOfSale"], 1, 0)(config))).toEqual(["kiosk", "shop"]);
    expect(names(moveItem(["pointsOfSale"], 0, -1)(config))).toEqual(["shop", "kiosk"]);
  });

  it("takes a point of sale's sites along", () => {
    expect(parse(renamePointOfSale(0, "store")(config))).toMatchObject({
      pointsOfSale: [{ name: "store" }, { name: "kiosk" }],
      sites: { main: "store", hall: "kiosk" },
    });
    expect(parse(removePointOfSale(1)(config))).toMatchObject({
      pointsOfSale: [{ name: "shop" }],
      sites: { main: "shop" },
    });
  });

  it("keeps JSON JSON", () => {
    expect(JSON.parse(setValue(["delay"], "2s")('{ "delay": "5ms", "strict": true }'))).toEqual({
      delay: "2s",
      strict: true,
    });
  });
});
