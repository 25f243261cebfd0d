/** A line of a shell script, and what it does. */
export interface ScriptLine {
  does: string;
  line: string;
}

/**
 * How a script does what this view does, with curl alone.
 *
 * @param url of the running sandbox: `http://127.0.0.1:4680`
 */
export const scriptLines = (url: string): ScriptLine[] => {
  const at = `${url}/_sandbox`;
  const post = (path: string, body: string): string => `curl -s ${at}/${path} -d '${body}'`;
  return [
    { does: "Wait until nothing is pending, then count", line: `curl -s '${at}/summary?settle=5s'` },
    { does: "Forget everything", line: `curl -s -X POST ${at}/reset` },
    { does: "Let three weeks pass", line: post("clock", '{"advance":"21d"}') },
    { does: "Save a snapshot", line: post("snapshots", '{"name":"before the sale"}') },
    { does: "Restore it", line: post("snapshots/restore", '{"name":"before the sale"}') },
    {
      does: "Answer the first VIEW with 503",
      line: `curl -s -X PUT ${at}/faults -d '[{"match":{"type":"VIEW","nth":1},"fault":"status","status":503}]'`,
    },
    {
      does: "Use another configuration",
      line: `curl -s -X PUT ${at}/config --data-binary @sandbox.yaml`,
    },
    { does: "Read the guests", line: `curl -s ${at}/guests` },
  ];
};
