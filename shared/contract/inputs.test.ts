import * as v from "valibot";
import { expect, it } from "vitest";
import { environmentName } from "./inputs";

it.each(["constructor", "prototype", "toString", "valueOf", "hasOwnProperty"])(
  "refuses %s as an environment's name, and says why",
  (name) => {
    const [issue] = v.safeParse(environmentName, name).issues ?? [];
    expect(issue?.message).toContain("choose another");
  },
);

it.each(["eu", "my.env-2_b", "constructor-2", "Constructor"])("takes %s", (name) => {
  expect(v.is(environmentName, name)).toBe(true);
});
