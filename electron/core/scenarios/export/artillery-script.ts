import { Document, isMap, isScalar, isSeq, visit, type YAMLMap, type YAMLSeq } from "yaml";
import type { JsonObject } from "../../../../shared/model/json";
import type { FlowItem } from "./artillery-flow";

interface ScriptParts {
  /** Lines at the top of the file. */
  head: readonly string[];
  config: JsonObject;
  scenario: JsonObject;
  flow: { items: readonly FlowItem[]; below: readonly string[] };
}

/** What a person wrote must not end a comment, or begin another kind of line. */
const comment = (lines: readonly string[]): string =>
  lines
    .flatMap((line) => line.split(/[\r\n\u0085\u2028\u2029]+/))
    .map((line) => ` ${line.replaceAll(/\p{Cc}/gu, " ")}`)
    .join("\n");

/** The script as YAML, with what is said of its steps as comments above them. */
export const scriptText = ({ head, config, scenario, flow }: ScriptParts): string => {
  const items = flow.items.map(({ item }) => item);
  const content = { config, scenarios: [{ ...scenario, flow: items }] };
  // A reader changes one request, and not all that look like it.
  // A reader of YAML 1.1 takes 1990-12-10, yes and 1:30 for texts in quotes alone.
  const document = new Document(content, { aliasDuplicateObjects: false, version: "1.1" });
  document.commentBefore = comment(head);
  const list = document.getIn(["scenarios", 0, "flow"]) as YAMLSeq<YAMLMap>;
  for (const [index, { comments }] of flow.items.entries()) {
    const node = list.items[index];
    if (isMap(node) && comments.length > 0) node.commentBefore = comment(comments);
  }
  visit(document, {
    Scalar(_key, scalar) {
      // The versions of YAML differ on what of these is a number, and Artillery's on the version.
      if (typeof scalar.value === "string" && /^[-+.\d<=]/.test(scalar.value)) scalar.type = "QUOTE_DOUBLE";
    },
    Pair(_key, { key, value }) {
      if (isScalar(key) && key.value === "statusCode" && isSeq(value)) value.flow = true;
    },
  });
  if (flow.below.length > 0) list.comment = comment(flow.below);
  return document.toString({ lineWidth: 0 });
};
