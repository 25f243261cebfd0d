import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../shared/scenario/random";
import { runGenerator } from "../../../../shared/scenario/run-generator";
import { sandbox, useScenariosOnDisk } from "./scenarios-on-disk";

const disk = useScenariosOnDisk();
const view = '  - send: VIEW\n    event: { page: "https://shop.example/" }';

describe("matchers", () => {
  it.each<[string, string]>([
    ["expect: { body: { a: { matches: '(?=x)' } } }", "5:37 The pattern uses look-around"],
    ["expect: { status: 20x }", '5:23 No status is ever "20x".'],
    ["expect: { time: { lt: [1] } }", "5:27 lt takes a number"],
    ["expect: { verdict: fine }", '5:24 verdict is never "fine".'],
    ["expect: { ingestion: procesed }", '5:26 ingestion is never "procesed".'],
    ["expect: { body: { n: { matches: '{{ pattern }}' } } }", "5:37 The pattern is no pattern"],
    ["within: '{{ pattern }}'", '5:13 within is "(" once it is filled'],
    ["retry: { times: 2, every: '{{ pattern }}' }", '5:31 retry.every is "(" once it is filled'],
  ])("%s", async (field, message) => {
    const steps = `  - send: VIEW\n    ${field}`;
    expect((await disk.issues(steps, { head: "vars: { pattern: '(' }\n" })).join("\n")).toContain(message);
  });

  it("of a guest likewise", async () => {
    const steps = "  - guest: { expect: { orders: { length: -1 } } }";
    expect(await disk.issues(steps)).toEqual([expect.stringContaining("3:42 length takes a whole number")]);
  });
});

describe("durations", () => {
  it.each<[string, string]>([
    ["wait: 25d", "4:11 wait is 25d, and 24d is the most."],
    ["wait: '{{ long }}'", "4:11 wait is 600h, and 24d is the most."],
    ["clock: 36501d", "4:12 clock is 36501d, and 36500d is the most."],
    ["send: VIEW\n    within: 40d", "5:13 within is 40d, and 24d is the most."],
    ["send: VIEW\n    retry: { times: 1, every: 577h }", "5:31 retry.every is 577h, and 24d is the most."],
    ["guest: { every: 26d }", "4:21 guest.every is 26d, and 24d is the most."],
  ])("that no timer can wait for are refused: %s", async (step, message) => {
    expect(await disk.issues(`  - ${step}`, { head: "vars: { long: 600h }\n" })).toContain(
      `main.scenario.yaml:${message}`,
    );
  });

  it("that a timer can wait for are not", async () => {
    expect(await disk.issues("  - wait: 24d\n  - clock: 36500d\n  - guest: { every: 24d }")).toEqual([]);
  });
});

describe("events", () => {
  it("are judged with what a run of the same seed draws for them", async () => {
    const seeds = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const drawn = (seed: string, stream: string) =>
      runGenerator(
        { name: "pick", from: ["EUR", "nope"] },
        { random: createRandom(seed, 1, stream), now: 0 },
      );
    const money = "{ currency: '{{ $pick(EUR,nope) }}' }";
    for (const [where, stream, head, steps] of [
      ["event", "1#1", "", `  - send: VIEW\n    event: ${money}`],
      [
        "defaults",
        "2#1",
        `defaults: ${money}\n`,
        '  - note: x\n  - send: VIEW\n    event: { page: "https://a.example" }',
      ],
      [
        "vars",
        "vars",
        "vars: { c: '{{ $pick(EUR,nope) }}' }\n",
        "  - send: VIEW\n    event: { currency: '{{ c }}' }",
      ],
    ] as const) {
      for (const seed of seeds) {
        const issues = (await disk.issues(steps, { head: `seed: ${seed}\n${head}` })).join("\n");
        expect(issues.includes("currency"), `${where}, ${seed}`).toBe(drawn(seed, stream) === "nope");
      }
    }
  });

  it("are judged by the environment's catalog, with all that they inherit, at the field to blame", async () => {
    const steps = "  - send: IDENTITY\n    event:\n      email: nope\n  - send: ADD";
    expect(await disk.issues(steps, { head: "defaults: { currency: EURO }\n" })).toEqual([
      expect.stringContaining("main.scenario.yaml:2:23 IDENTITY: /currency"),
      expect.stringContaining("main.scenario.yaml:2:23 ADD: /currency"),
      expect.stringContaining("main.scenario.yaml:6:14 IDENTITY: /email must be an e-mail address"),
      expect.stringContaining("main.scenario.yaml:7:5 ADD: /product is missing"),
    ]);
  });

  it("are filled with vars, environment and generators before they are judged", async () => {
    const steps = "  - send: IDENTITY\n    event: { email: '{{ who }}' }";
    expect(await disk.issues(steps, { head: "vars: { who: '{{ $email }}' }\n" })).toEqual([]);
    expect(await disk.issues(steps, { head: "vars: { who: '{{ env.tenant }}' }\n" })).toHaveLength(1);
    expect(
      await disk.issues(steps, { head: "vars: { who: '{{ $faker.internet.exampleEmail }}' }\n" }),
    ).toEqual([]);
  });

  it("are let off what only a run can tell", async () => {
    const steps = `${view}\n    capture: { who: /who }\n  - send: IDENTITY\n    event: { email: '{{ who }}' }`;
    expect(await disk.issues(steps)).toEqual([]);
  });

  it("that are wrong may be expected, or not looked at", async () => {
    const wrong = "  - send: IDENTITY\n    event: { email: nope }";
    expect(await disk.issues(`${wrong}\n    expect: { verdict: invalid }`)).toEqual([]);
    expect(await disk.issues(`${wrong}\n    expect: { verdict: { oneOf: [valid, invalid] } }`)).toEqual([]);
    expect(await disk.issues(`${wrong}\n    expect: { verdict: valid }`)).toHaveLength(1);
    expect(await disk.issues(wrong, { options: { noValidate: true } })).toEqual([]);
    expect(await disk.issues(`${wrong}\n    disabled: true`)).toEqual([]);
    expect(await disk.issues(`${wrong}\n    when: false`)).toEqual([]);
    expect(
      await disk.issues(wrong, { environment: { ...sandbox, catalog: "sitecore", transport: "engage" } }),
    ).toEqual([]);
  });

  it("have the fields of their browser, which comes back by its name", async () => {
    const kiosk = "  - browser: { name: kiosk, channel: 5 }";
    const issues = await disk.issues(
      `${kiosk}\n${view}\n  - browser: new\n${view}\n  - browser: kiosk\n${view}`,
    );
    expect(issues).toEqual([expect.stringContaining("3:38 VIEW: /channel")]);
  });

  it("are counted: repeats, iterations and rows; 1,000,000 are the most unless more are allowed", async () => {
    const many = `  - repeat: 1000\n    steps:\n      - repeat: "{{ n }}"\n        steps:\n        ${view.replaceAll("\n", "\n        ")}`;
    const head = "vars: { n: 1001 }\n";
    expect(await disk.issues(many, { head })).toEqual([
      expect.stringContaining(
        "main.scenario.yaml:3:1 This would send 1,001,000 events, and 1,000,000 are the most.",
      ),
    ]);
    expect(await disk.issues(many, { head, options: { maxEvents: 2_000_000 } })).toEqual([]);
    expect(await disk.issues(view, { options: { iterations: 1_000_001 } })).toHaveLength(1);
    expect(await disk.issues(many, { head: "vars: { n: many }\n" })).toEqual([
      expect.stringContaining('repeat is "many" once it is filled, and should be a whole number.'),
    ]);
  });
});
