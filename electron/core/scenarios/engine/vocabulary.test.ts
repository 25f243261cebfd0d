import { expect, it } from "vitest";
import type { JsonValue } from "../../../../shared/model/json";
import { stepKinds, type StepKind } from "../../../../shared/model/scenario";
import { matcherNames, type MatcherName } from "../../../../shared/scenario/matcher-names";
import { generators } from "../../../../shared/scenario/parse-generator";
import { openRuns } from "../runs-for-tests";

const inYaml = (value: JsonValue): string => JSON.stringify(value);
const look = (expected: JsonValue): string =>
  `  - { guest: { expect: ${inYaml(expected)}, within: 1ms }, continue: true }\n`;
const signsUp =
  "  - { send: IDENTITY, event: { email: ada@shop.example, firstname: Ada }, expect: { ingestion: processed } }\n";

/** What holds of the guest that signs up, and what does not. */
const matchers: Record<MatcherName, { holds: JsonValue; fails: JsonValue }> = {
  equals: { holds: { emails: { equals: ["ada@shop.example"] } }, fails: { emails: { equals: [] } } },
  matches: { holds: { firstName: { matches: "^A.a$" } }, fails: { firstName: { matches: "^a" } } },
  exists: { holds: { firstName: { exists: true } }, fails: { sessions: { exists: false } } },
  gt: { holds: { createdAt: { gt: "2020-01-01" } }, fails: { createdAt: { gt: "9999" } } },
  gte: { holds: { firstName: { gte: "Ada" } }, fails: { firstName: { gte: "Adb" } } },
  lt: { holds: { createdAt: { lt: "9999" } }, fails: { createdAt: { lt: "2020-01-01" } } },
  lte: { holds: { firstName: { lte: "Ada" } }, fails: { firstName: { lte: "Ac" } } },
  oneOf: {
    holds: { guestType: { oneOf: ["visitor", "customer"] } },
    fails: { guestType: { oneOf: ["visitor", "traveller"] } },
  },
  contains: {
    holds: { emails: { contains: { matches: "^ada@" } } },
    fails: { emails: { contains: "grace@shop.example" } },
  },
  length: { holds: { sessions: { length: 1 } }, fails: { sessions: { length: { gt: 1 } } } },
};

it("Every matcher holds and fails by its name, of a guest of the sandbox", async () => {
  const runs = await openRuns();
  const steps = matcherNames.flatMap((name) => [look(matchers[name].holds), look(matchers[name].fails)]);
  const { steps: results } = await runs.play(`steps:\n${signsUp}${steps.join("")}`);
  const [first, ...looks] = results.map(({ state }) => state);
  expect(first).toBe("passed");
  expect(Object.fromEntries(matcherNames.map((name, at) => [name, looks.slice(2 * at, 2 * at + 2)]))).toEqual(
    Object.fromEntries(matcherNames.map((name) => [name, ["passed", "failed"]])),
  );
});

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** By the name of the generator. */
const made: Record<string, RegExp> = {
  $uuid: /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  $email: /@example\.com$/,
  $phone: /^\+/,
  $now: instant,
  $isoDate: /^\d{4}-\d\d-\d\d$/,
  $minute: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/,
  $int: /^[1-6]$/,
  $pick: /^(a|b|c)$/,
  $faker: /^\p{L}/u,
};

it("Every generator fills an event that the sandbox takes, by its name", async () => {
  const runs = await openRuns();
  const examples = generators.map(({ example }) => example);
  const nameOf = (example: string): string => /^\$[a-zA-Z]+/.exec(example)?.[0] ?? example;
  expect(new Set(examples.map(nameOf))).toEqual(new Set(Object.keys(made)));
  const ext = Object.fromEntries(examples.map((example, at) => [`value${at}`, `{{ ${example} }}`]));
  const event = inYaml({ page: "https://shop.example/", ext });
  const { run, steps } = await runs.play(
    `steps: [{ send: VIEW, event: ${event}, expect: { ingestion: processed } }]`,
  );
  expect(steps.flatMap(({ failures }) => failures)).toEqual([]);
  expect(run.state).toBe("passed");
  const sent = steps[0]?.event?.["ext"] as Record<string, JsonValue>;
  examples.forEach((example, at) =>
    expect(String(sent[`value${at}`]), example).toMatch(made[nameOf(example)] ?? /^never$/),
  );
  const [entry] = (await runs.call("log.query", { filter: { types: ["VIEW"] }, limit: 1 })).rows;
  const { event: logged } = await runs.call("log.detail", { id: entry?.id ?? "" });
  expect(logged?.["ext"]).toEqual(sent);
});

const kinds: Record<StepKind, string> = {
  send: signsUp,
  wait: "  - wait: 1ms\n",
  browser: "  - browser: phone\n",
  session: "  - session: new\n",
  guest: "  - guest: { by: { email: ada@shop.example }, expect: { firstName: Ada } }\n",
  clock: "  - clock: 1h\n",
  repeat: "  - repeat: 2\n    steps: [{ note: again }]\n",
  use: "  - use: part.scenario.yaml\n",
  note: "  - note: Done.\n",
};

it("Every kind of step plays by its name on the sandbox", async () => {
  const runs = await openRuns();
  await runs.write("scenarios/part.scenario.yaml", "bellhop: 1\nfragment: true\nsteps:\n  - note: A part.\n");
  const { run, steps } = await runs.play(`steps:\n${stepKinds.map((kind) => kinds[kind]).join("")}`);
  expect(steps.flatMap(({ failures }) => failures)).toEqual([]);
  expect(run.state).toBe("passed");
  const top = steps.filter(({ number }) => !number.includes("."));
  expect(top.map(({ kind, state }) => [kind, state])).toEqual(stepKinds.map((kind) => [kind, "passed"]));
});
