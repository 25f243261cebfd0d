import { beforeEach, describe, expect, it } from "vitest";
import { openRuns, type OpenRuns } from "../runs-for-tests";

let runs: OpenRuns;
beforeEach(async () => {
  runs = await openRuns();
});

const example = `
description: A visitor browses, signs up and buys, on the sandbox.
environments: [sandbox]
vars:
  sku: TEE-001
  email: "{{ $email }}"
defaults:
  currency: EUR
steps:
  - id: land
    name: Opens the home page
    send: VIEW
    event: { page: "https://shop.example/" }
    expect: { status: 201, body: { status: OK }, ingestion: processed }
    within: 2s
  - wait: 1ms
  - note: The visitor signs up as {{ email }}.
  - send: IDENTITY
    event: { email: "{{ email }}", firstname: Ada }
    capture: { identityRef: /ref }
  - guest: { expect: { guestType: customer, firstName: Ada }, within: 15s }
  - browser: phone
  - send: IDENTITY
    event: { email: "{{ email }}" }
  - repeat: 3
    steps:
      - send: ADD
        event: { product: { sku: "{{ sku }}", name: Tee, price: 19.9 } }
  - clock: 31m
  - guest: { expect: { browsers: { length: 2 } } }
`;

describe("the example of the interface", () => {
  it("passes on the sandbox, with a result for every execution of a step", async () => {
    const { run, steps } = await runs.play(example);
    expect(
      steps.flatMap(({ number, failures }) => failures.map(({ message }) => `${number}: ${message}`)),
    ).toEqual([]);
    expect(run).toMatchObject({ state: "passed", events: 6, steps: { passed: 12, failed: 0 } });
    console.log(
      JSON.stringify(run, null, 1),
      steps.map((s) => [s.number, s.kind, s.state, s.duration, s.notes.join(" ")].join(" ")).join("\n"),
    );
    expect(runs.problems).toEqual([]);
  });
});
