import { describe, expect, it } from "vitest";
import { parseFilter } from "./parse-filter";

describe("a filter expression", () => {
  it.each([
    ["", {}],
    ["shoes", { text: "shoes" }],
    ["  red   shoes ", { text: "red shoes" }],
    ["env:staging type:VIEW,ADD", { environments: ["staging"], types: ["VIEW", "ADD"] }],
    ["status:4xx status:none", { statuses: ["4xx", "none"] }],
    ["verdict:FAILED lovelace", { verdicts: ["failed"], text: "lovelace" }],
    ['type:"my shop:CLICK" x', { types: ["my shop:CLICK"], text: "x" }],
    ["run:0b0f-1 id:a,b", { runs: ["0b0f-1"], ids: ["a", "b"] }],
    ["https://shop.example/a", { text: "https://shop.example/a" }],
  ])("%j is read", (expression, filter) => {
    expect(parseFilter(expression)).toEqual(filter);
  });

  it.each([
    ["status:700", "status:700 is not known; there are 2xx, 3xx, 4xx, 5xx, none, pending."],
    ["verdict:good", "verdict:good is not known"],
    ["env:", "env: needs a value."],
  ])("%j is refused and says what there is", (expression, message) => {
    expect(() => parseFilter(expression)).toThrow(message);
  });
});
