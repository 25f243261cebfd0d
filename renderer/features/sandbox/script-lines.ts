/** A line of a shell script, and what it does. */
export interface ScriptLine {
  does: string;
  line: string;
}

const json = "-H 'Content-Type: application/json'";

/**
 * How a script does what this view does, with curl alone.
 *
 * @param url of the running sandbox: `http://127.0.0.1:4680`
 */
export const scriptLines = (url: string): ScriptLine[] => [
  {
    does: "Wait until nothing is pending, then count",
    line: `curl -s '${url}/_sandbox/summary?settle=5s'`,
  },
  { does: "Forget everything", line: `curl -s -X POST ${url}/_sandbox/reset` },
  {
    does: "Let three weeks pass",
    line: `curl -s -X POST ${url}/_sandbox/clock ${json} -d '{"advance":"21d"}'`,
  },
  {
    does: "Answer the first VIEW with 503",
    line: `curl -s -X PUT ${url}/_sandbox/faults ${json} -d '[{"match":{"type":"VIEW","nth":1},"fault":"status","status":503}]'`,
  },
  {
    does: "Use another configuration",
    line: `curl -s -X PUT ${url}/_sandbox/config --data-binary @sandbox.yaml`,
  },
  { does: "Read the guests", line: `curl -s ${url}/_sandbox/guests` },
];
