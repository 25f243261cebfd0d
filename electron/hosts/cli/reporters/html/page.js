/*
 * Draws the report from the data blocks of its page. Everything in them was written by somebody else, so that it
 * only ever becomes text.
 */
const read = (element) => JSON.parse(element.textContent);
const report = read(document.querySelector("#summary"));
const steps = [...document.querySelectorAll("script.step")].map(read);

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
};

const number = (count) => count.toLocaleString("en-GB");
const duration = (milliseconds) =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
const words = { passed: "passed", failed: "failed", skipped: "skipped", "not-observable": "not observable" };
const isBad = (state) => state === "failed" || state === "not-observable";

const fact = (name, value, kind = "") =>
  make("div", {}, make("dt", {}, name), make("dd", kind ? { class: kind } : {}, value));

const code = (title, value) =>
  make(
    "div",
    {},
    make("p", { class: "title" }, title),
    make("pre", { tabindex: "0", role: "group", "aria-label": title }, JSON.stringify(value, null, 2)),
  );

const failure = ({ of, path, expected, actual, message, hint }) =>
  make(
    "div",
    { class: "failure" },
    make("p", {}, message),
    make(
      "dl",
      {},
      make("dt", {}, "at"),
      make("dd", { class: "mono" }, path ? `${of} ${path}` : of),
      make("dt", {}, "expected"),
      make("dd", { class: "mono" }, JSON.stringify(expected)),
      make("dt", {}, "actual"),
      make("dd", { class: "mono" }, actual === undefined ? "nothing" : JSON.stringify(actual)),
    ),
    hint ? make("p", {}, hint) : null,
  );

const body = (step) => {
  const list = make("div", { class: "body" });
  list.append(...step.failures.map(failure));
  for (const note of step.notes) list.append(make("p", {}, note));
  const pair = make("div", { class: "pair" });
  if (step.event) pair.append(code("Event", step.event));
  if (step.response !== null) pair.append(code(step.kind === "guest" ? "Guest" : "Answer", step.response));
  if (pair.children.length > 0) list.append(pair);
  if (step.changes?.length > 0) list.append(code("What it changed on the guest", step.changes));
  if (Object.keys(step.captured).length > 0) list.append(code("Captured", step.captured));
  const entries = step.entryIds.length > 0 ? `, log entries ${step.entryIds.join(", ")}` : "";
  list.append(make("p", { class: "path mono" }, `${step.place.file}:${step.place.line}${entries}`));
  return list;
};

const answerOf = ({ status, error, ingestion }) =>
  [status, error, ingestion === "unknown" ? null : ingestion].filter((part) => part !== null).join(" ");

const row = (step) => {
  const again = step.occurrence > 1 ? ` ×${step.occurrence}` : "";
  const cell = (kind, text) => make("span", { class: kind, title: text }, text);
  const details = make(
    "details",
    {},
    make(
      "summary",
      {},
      make("span", { class: `state ${step.state}` }, words[step.state] ?? step.state),
      cell("number mono", step.number + again),
      cell("name", step.title),
      cell("type mono", typeof step.event?.type === "string" ? step.event.type : step.kind),
      cell("answer", answerOf(step)),
      cell("time mono", duration(step.duration)),
    ),
  );
  // Thousands of bodies that nobody opens would only make the page slow.
  details.addEventListener("toggle", () => details.children.length === 1 && details.append(body(step)));
  details.open = step.state === "failed" && steps.filter(({ state }) => state === "failed").length <= 20;
  const item = make("li", {}, details);
  rows.push({
    item,
    bad: isBad(step.state),
    text: `${step.title} ${step.stepId} ${step.number} ${step.event?.type ?? ""} ${answerOf(step)}`.toLowerCase(),
  });
  return item;
};
const rows = [];

const issue = ({ severity, file, line, column, message, hint }) =>
  make(
    "div",
    { class: "failure" },
    make("p", {}, `${severity}: ${message}`),
    make("p", { class: "mono" }, `${file}, line ${line}, column ${column}`),
    hint ? make("p", {}, hint) : null,
  );

const problem = ({ message, hint }) =>
  make("div", { class: "failure" }, make("p", {}, message), hint ? make("p", {}, hint) : null);

const stateWords = { cancelled: "stopped", running: "interrupted", paused: "interrupted" };
const kinds = { passed: "ok", failed: "bad", refused: "bad" };

const runSection = (run) => {
  const own = steps.filter(({ runId }) => runId === run.id);
  const took = run.endedAt === null ? 0 : Date.parse(run.endedAt) - Date.parse(run.startedAt);
  const section = make(
    "section",
    { "aria-label": run.name },
    make(
      "div",
      { class: "head" },
      make("h2", {}, run.name),
      make("p", { class: "path mono" }, run.path),
      make(
        "dl",
        { class: "facts" },
        fact("Outcome", stateWords[run.state] ?? run.state, kinds[run.state] ?? "warn"),
        fact("Environment", run.environment),
        fact("Seed", run.seed),
        fact("Started", run.startedAt),
        fact("Took", duration(took)),
        fact("Iterations", `${number(run.iterations.ended)} of ${number(run.iterations.planned)}`),
        fact("Events", number(run.events)),
      ),
      run.error ? problem(run.error) : null,
    ),
  );
  const iterations = [...new Set(own.map(({ iteration }) => iteration))].sort((one, other) => one - other);
  for (const iteration of iterations) {
    const group = make("div", { class: "group" });
    if (run.iterations.planned > 1) group.append(make("h3", {}, `Iteration ${number(iteration)}`));
    const ofIt = own.filter((step) => step.iteration === iteration);
    group.append(make("ul", { class: "steps" }, ...ofIt.map(row)));
    section.append(group);
  }
  const leftOut = report.leftOut[run.id] ?? 0;
  if (leftOut > 0) {
    const text = `${number(leftOut)} more steps are counted here but not listed, to keep this page small. The JSON and JUnit reports have all of them, and so has the log.`;
    section.append(make("p", { class: "left-out" }, text));
  }
  return section;
};

const refusalSection = ({ path, environment, issues, error }) =>
  make(
    "section",
    { "aria-label": path },
    make(
      "div",
      { class: "head" },
      make("h2", {}, path),
      make("p", {}, `Not played on ${environment}; nothing was sent.`),
    ),
    make("div", { class: "body" }, ...issues.map(issue), error ? problem(error) : null),
  );

const { scenarios, steps: counts, events, duration: took, gate, interrupted } = report.summary;
const isGood = report.summary.exitCode === 0;
const verdict = interrupted
  ? "The run was stopped"
  : isGood
    ? "All scenarios passed"
    : scenarios.failed + scenarios.refused === 0
      ? "The gate is shut"
      : `${number(scenarios.failed + scenarios.refused)} of ${number(report.runs.length + report.refused.length)} scenarios did not pass`;
document.title = `${verdict}: Bellhop`;

const onlyFailed = make("input", { type: "checkbox", id: "failed" });
const search = make("input", {
  type: "search",
  "aria-label": "Find steps",
  placeholder: "Find steps",
  autocomplete: "off",
});
const shown = make("output", { "aria-live": "polite" });
const tools = make(
  "div",
  { class: "tools", role: "search", "aria-label": "Steps" },
  make("label", {}, onlyFailed, "Failed and not observable only"),
  search,
  shown,
);

const filter = () => {
  const text = search.value.trim().toLowerCase();
  let count = 0;
  for (const { item, bad, text: words } of rows) {
    item.hidden = (onlyFailed.checked && !bad) || !words.includes(text);
    if (!item.hidden) count++;
  }
  for (const group of document.querySelectorAll(".group"))
    group.hidden = group.querySelector("li:not([hidden])") === null;
  shown.textContent =
    count === rows.length ? `${number(count)} steps` : `${number(count)} of ${number(rows.length)} steps`;
};
onlyFailed.addEventListener("change", filter);
search.addEventListener("input", filter);

document
  .querySelector("main")
  .replaceChildren(
    make(
      "header",
      {},
      make("p", { class: "product" }, `Bellhop ${report.version}`),
      make("h1", { class: isGood ? "ok" : interrupted ? "warn" : "bad" }, verdict),
      make(
        "dl",
        { class: "facts" },
        fact("Passed", number(counts.passed), "ok"),
        fact("Failed", number(counts.failed), counts.failed > 0 ? "bad" : ""),
        fact("Not observable", number(counts.notObservable), counts.notObservable > 0 ? "warn" : ""),
        fact("Skipped", number(counts.skipped)),
        fact("Events", number(events)),
        fact("Took", duration(took)),
        gate
          ? fact(
              "Gate",
              `${number(gate.processed)} processed, ${number(gate.failed)} failed, ${number(gate.dropped)} dropped, ${number(gate.rejected)} rejected, ${number(gate.pending)} pending`,
            )
          : null,
      ),
    ),
    tools,
    ...report.refused.map(refusalSection),
    ...report.runs.map(runSection),
  );
filter();
