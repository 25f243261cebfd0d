import { createHash } from "node:crypto";
import type { RunSummary, StepResult } from "../../../../shared/model/run";
import pageStyle from "./html/page.css?raw";
import script from "./html/page.js?raw";
import stepsStyle from "./html/steps.css?raw";
import type { Reporter } from "./reporter";
import { totalsOf } from "./totals";
import { isFrame } from "./words";

const style = `${pageStyle}\n${stepsStyle}`;

/** Steps that are listed: what is worth a look, and the others. Beyond that a page is no use to anybody. */
const mostBad = 1_000;
const mostOthers = 2_000;
/** Characters of data: a browser opens that in no time. */
const mostData = 12_000_000;

const hashOf = (text: string): string =>
  `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

/** JSON that a page can hold: no `<` ends the block or begins a comment in it. */
const data = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) =>
    character === "<" ? "\\u003c" : `\\u${character.charCodeAt(0).toString(16)}`,
  );

/** Nothing is fetched and nothing runs but the one script: data blocks are no scripts, and need no hash. */
const head = (): string => {
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width">',
    "<title>Bellhop report</title>",
    `<style>${style}</style>`,
    "<main><noscript>This report needs JavaScript, which is switched off. It fetches nothing.</noscript></main>",
    "",
  ].join("\n");
};

const block = (attributes: string, value: unknown): string =>
  `<script type="application/json" ${attributes}>${data(value)}</script>\n`;

/**
 * One page with all of it: style, script and data inside, nothing fetched. Its data goes in as the run goes, so that
 * a page that was cut off by a crash still has what came before.
 */
export const createHtmlReporter = (version: string): Reporter => {
  let begun = false;
  let bad = 0;
  let others = 0;
  let size = 0;
  const leftOut: Record<string, number> = {};
  const begin = (): string => {
    if (begun) return "";
    begun = true;
    return head();
  };

  const step = (run: RunSummary, result: StepResult): string => {
    if (isFrame(result)) return "";
    const isBad = result.state === "failed" || result.state === "not-observable";
    const isFull = isBad ? bad >= mostBad : others >= mostOthers;
    const text = isFull || size > mostData ? "" : block('class="step"', { runId: run.id, ...result });
    if (text === "") leftOut[run.id] = (leftOut[run.id] ?? 0) + 1;
    else if (isBad) bad++;
    else others++;
    size += text.length;
    return text;
  };

  return {
    started: begin,
    stepEnded: step,
    iterationEnded: () => "",
    ended: () => "",
    refused: begin,
    finished(end) {
      const { runs, refusals, gate, interrupted, exitCode } = end;
      const summary = { exitCode, interrupted, gate, ...totalsOf(end) };
      const all = { version, runs, refused: refusals, leftOut, summary };
      return `${begin()}${block('id="summary"', all)}<script>${script}</script>\n</html>\n`;
    },
  };
};
