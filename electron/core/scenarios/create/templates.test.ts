import { describe, expect, it } from "vitest";
import { openRuns } from "../runs-for-tests";
import { scenarioTemplates, templateText } from "./scenario-templates";

const names = [
  "Anonymous browse",
  "Sign-up",
  "Add to cart and abandon",
  "First purchase",
  "Returning customer on a second device",
  "Search and refine",
  "Kiosk to e-mail to web",
  "Custom event with ext",
];

describe("the gallery", () => {
  it("has a journey for each day's work, each described and with what its steps do", () => {
    const templates = scenarioTemplates();
    expect(templates.map(({ name }) => name)).toEqual(names);
    for (const { description, steps } of templates) {
      expect(description).not.toBe("");
      expect(steps.length).toBeGreaterThan(3);
    }
    expect(templates.map(({ environment }) => environment)).toEqual(
      names.map((name) =>
        name.startsWith("Kiosk") ? "sandbox-engage" : name.startsWith("Add to") ? "sandbox" : null,
      ),
    );
  });

  it("makes files that say the chosen name, keep their comments, and pass on the sandbox", async () => {
    const runs = await openRuns();
    for (const { id, environment } of scenarioTemplates()) {
      const made = await runs.call("scenarios.create", { name: `My ${id}`, from: { kind: "template", id } });
      expect(made.path).toBe(`scenarios/my-${id}.scenario.yaml`);
      expect(made.issues).toEqual([]);
      expect(made.outline?.name).toBe(`My ${id}`);
      expect(made.text).toBe(templateText(id)?.replace(/^name: .*$/m, `name: My ${id}`));
      // The pauses of people are not what is tried here.
      const { id: run } = await runs.start(made.path, {
        environment: environment ?? "sandbox",
        options: { noWait: true },
      });
      const ended = await runs.ended(run);
      const failed = (await runs.stepsOf(run)).filter(({ state }) => state === "failed");
      expect(failed.map(({ title, failures }) => [id, title, failures])).toEqual([]);
      expect([id, ended.state, ended.steps.notObservable]).toEqual([id, "passed", 0]);
    }
    await expect(
      runs.fails("scenarios.create", { name: "x", from: { kind: "template", id: "nope" } }),
    ).resolves.toMatchObject({ code: "NOT_FOUND" });
  });
});
