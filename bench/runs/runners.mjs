// @ts-check
// The same journey in the words of each runner: page views, with two expectations each.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/run-command.mjs";

/**
 * @typedef {{ command: readonly string[], cwd: string }} Prepared
 * @typedef {{ folder: string, origin: string, bin: string }} Place `bin`: where the peers' commands are
 * @typedef {{ name: string, prepare: (steps: number, times: number) => Promise<Prepared>, variables?: Record<string, string>, codes?: readonly number[] }} Runner
 */

const path = "/v1.2/event/create.json";
const authorization = `Basic ${Buffer.from("bench-key-0001:bench-token-0001").toString("base64")}`;
const page = (/** @type {number} */ step) => `https://shop.example/${step}`;
const eventOf = (/** @type {number} */ step) => ({
  type: "VIEW",
  browser_id: "b1c0ffee-0000-4000-8000-000000000001",
  session_id: "5e550000-0000-4000-8000-000000000001",
  channel: "WEB",
  pos: "bench",
  currency: "EUR",
  language: "EN",
  page: page(step),
});
const stepsOf = (/** @type {number} */ steps) => Array.from({ length: steps }, (_, index) => index + 1);

/** @param {Place} place @returns {Runner} */
const newman = ({ folder, origin, bin }) => ({
  name: "newman",
  async prepare(steps, times) {
    const exec = [
      'pm.test("status", () => pm.response.to.have.status(201));',
      'pm.test("body", () => pm.expect(pm.response.json().status).to.eql("OK"));',
    ];
    const item = stepsOf(steps).map((step) => ({
      name: `step ${step}`,
      event: [{ listen: "test", script: { type: "text/javascript", exec } }],
      request: {
        method: "POST",
        url: `${origin}${path}`,
        header: [
          { key: "Content-Type", value: "application/json" },
          { key: "Authorization", value: authorization },
        ],
        body: { mode: "raw", raw: JSON.stringify(eventOf(step)) },
      },
    }));
    const schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    const file = join(folder, `newman-${steps}.json`);
    await writeFile(file, JSON.stringify({ info: { name: "bench", schema }, item }));
    return { cwd: folder, command: [join(bin, "newman"), "run", file, "-n", String(times), "--silent"] };
  },
});

/** @param {Place} place @returns {Runner} */
const bruno = ({ folder, origin, bin }) => ({
  name: "@usebruno/cli",
  // Now and then one of its assertions sees no status, of an answer that has come. What counts is that all was sent.
  codes: [0, 1],
  async prepare(steps, times) {
    const collection = join(folder, `bru-${steps}`);
    await mkdir(collection, { recursive: true });
    const about = { version: "1", name: "bench", type: "collection", ignore: [] };
    await writeFile(join(collection, "bruno.json"), JSON.stringify(about));
    for (const step of stepsOf(steps)) {
      const body = JSON.stringify(eventOf(step), null, 2).replaceAll("\n", "\n  ");
      const lines = [
        `meta {\n  name: step ${step}\n  type: http\n  seq: ${step}\n}\n`,
        `post {\n  url: ${origin}${path}\n  body: json\n  auth: none\n}\n`,
        `headers {\n  Authorization: ${authorization}\n}\n`,
        `body:json {\n  ${body}\n}\n`,
        `assert {\n  res.status: eq 201\n  res.body.status: eq OK\n}\n`,
      ];
      await writeFile(join(collection, `step-${step}.bru`), lines.join("\n"));
    }
    // It only runs where its collection is.
    return { cwd: collection, command: [join(bin, "bru"), "run", "--iteration-count", String(times)] };
  },
});

/** @param {Place} place @returns {Runner} */
const httpyac = ({ folder, origin, bin }) => ({
  name: "httpyac",
  async prepare(steps, times) {
    const file = join(folder, `httpyac-${steps}-${times}.http`);
    const requests = stepsOf(steps).map((step) =>
      [
        times > 1 ? `###\n# @loop for ${times}` : "###",
        `POST ${origin}${path}`,
        "Content-Type: application/json",
        `Authorization: ${authorization}`,
        "",
        JSON.stringify(eventOf(step)),
        "?? status == 201",
        "?? js response.parsedBody.status == OK",
        "",
      ].join("\n"),
    );
    await writeFile(file, requests.join("\n"));
    return { cwd: folder, command: [join(bin, "httpyac"), "send", file, "--all", "--silent"] };
  },
});

/** @param {Place} place @returns {Runner} */
const bare = ({ folder, origin }) => ({
  name: "bare undici",
  async prepare(steps, times) {
    const client = join(root, "bench", "runs", "bare-client.mjs");
    const args = [origin + path, String(steps * times), authorization];
    return { cwd: folder, command: [process.execPath, client, ...args] };
  },
});

const expectation = "expect: { status: 201, body: { status: OK } }";

/** @param {Place} place @returns {Runner & { play: (steps: number, times: number, options: readonly string[]) => Promise<Prepared> }} */
const bellhop = ({ folder, origin }) => {
  const play = async (
    /** @type {number} */ steps,
    /** @type {number} */ times,
    /** @type {readonly string[]} */ options,
  ) => {
    const file = join(folder, `bellhop-${steps}-${times}.scenario.yaml`);
    const indent = times > 1 ? "      " : "  ";
    const listed = stepsOf(steps).map(
      (step) =>
        `${indent}- send: VIEW\n${indent}  event: { page: "${page(step)}" }\n${indent}  ${expectation}\n`,
    );
    const repeated = times > 1 ? `  - repeat: ${times}\n    steps:\n` : "";
    await writeFile(file, `bellhop: 1\nname: Bench\nsteps:\n${repeated}${listed.join("")}`);
    const environment = [
      "bellhop: 1",
      "environments:",
      `  bench: { baseUrl: "${origin}", transport: spec, catalog: spec, channel: WEB, pos: bench, currency: EUR, language: EN }`,
    ];
    await writeFile(join(folder, "bellhop.yaml"), `${environment.join("\n")}\n`);
    const global = ["--profile", join(folder, "profile"), "--env", "bench"];
    const run = [join(root, "dist", "node", "cli.mjs"), ...global, "run", file];
    // Anything but a sandbox is held to five events a second unless told otherwise.
    return { cwd: folder, command: [process.execPath, ...run, "--rate", "100000", ...options] };
  };
  return {
    name: "Bellhop",
    variables: { BELLHOP_CLIENT_KEY_BENCH: "bench-key-0001", BELLHOP_API_TOKEN_BENCH: "bench-token-0001" },
    prepare: (steps, times) => play(steps, times, []),
    play,
  };
};

/** @param {Place} place */
export const createRunners = (place) => ({
  bellhop: bellhop(place),
  httpyac: httpyac(place),
  newman: newman(place),
  bruno: bruno(place),
  bare: bare(place),
});
