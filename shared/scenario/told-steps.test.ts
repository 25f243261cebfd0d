import { describe, expect, it } from "vitest";
import type { JsonObject } from "../model/json";
import { stepKinds, type StepOutline } from "../model/scenario";
import { toldIndex, toldSteps } from "./told-steps";

const outlineOf = (number: string, step: JsonObject, children: StepOutline[] = []): StepOutline => ({
  number,
  kind: stepKinds.find((kind) => kind in step) ?? "unknown",
  id: null,
  title: typeof step["name"] === "string" ? step["name"] : number,
  detail: "",
  when: "when" in step,
  disabled: step["disabled"] === true,
  breakpoint: false,
  step,
  lines: { first: 1, last: 1 },
  fragment: null,
  children,
});

describe("the story of a scenario", () => {
  const steps = [
    outlineOf("1", { browser: "new" }),
    outlineOf("2", { name: "Opens the home page", send: "VIEW" }),
    outlineOf("3", { wait: "2s" }),
    outlineOf("4", { name: "Three times", repeat: 3 }, [
      outlineOf("4.1", { note: "Shopping." }),
      outlineOf("4.2", { name: "Adds a product", send: "ADD" }),
    ]),
    outlineOf("5", { name: "Left out", send: "VIEW", disabled: true }),
    outlineOf("6", { use: "checkout.scenario.yaml" }, [outlineOf("6.1", { name: "Pays", send: "CHECKOUT" })]),
    outlineOf("7", { name: "Is a customer", guest: {} }),
  ];
  const story = toldSteps(steps);

  it("tells what is sent and looked at, a repeat once, a fragment step by step, and nothing that is disabled", () => {
    expect(story.map(({ number, title, type, times }) => [number, title, type, times])).toEqual([
      ["2", "Opens the home page", "VIEW", 1],
      ["4", "Three times", "ADD", 3],
      ["6.1", "Pays", "CHECKOUT", 1],
      ["7", "Is a customer", null, 1],
    ]);
  });

  it("knows where a step stands in it", () => {
    expect(["1", "2", "4.2", "6.1", "7"].map((number) => toldIndex(story, number))).toEqual([-1, 0, 1, 2, 3]);
  });
});
