import { Refusal, type Answer } from "../http/answer";
import type { Query } from "../http/query";

/** Whether the text that a person edits is asked for. @throws Refusal 400 for a format there is not */
export const wantsText = (query: Query): boolean => {
  const format = query.get("format");
  if (format === null || format === "json" || format === "text") return format === "text";
  throw new Refusal(400, "bad-query", "The query field format is neither json nor text.", {
    developerMessage: "text gives YAML with comments; json, or no format, gives JSON.",
  });
};

export const asYaml = (text: string): Answer => ({
  status: 200,
  body: null,
  streamed: { contentType: "application/yaml; charset=utf-8", pieces: [text] },
});
