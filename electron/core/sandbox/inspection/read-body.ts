import * as v from "valibot";
import { Refusal } from "../http/answer";
import type { SandboxRequest } from "../http/sandbox-request";

/** Characters. What a person writes by hand is far smaller, and reading YAML takes more than its size in time. */
const longest = 64 * 1024;

/** The body of a small request. @throws Refusal 413, and what `text` throws */
export const readSmallText = async (request: SandboxRequest): Promise<string> => {
  const text = await request.text();
  if (text.length <= longest) return text;
  throw new Refusal(413, "body-too-large", `The body is longer than ${longest / 1024} KB.`, {
    developerMessage: "Configurations, faults and commands are short: check what was sent.",
  });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The body as JSON of a form.
 *
 * @param example what a right body looks like
 * @throws Refusal 400, 413
 */
export const readJson = async <T extends v.GenericSchema>(
  request: SandboxRequest,
  schema: T,
  example: string,
): Promise<v.InferOutput<T>> => {
  const result = v.safeParse(schema, parseJson(await readSmallText(request)));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Refusal(400, "bad-body", `The body is not what this takes: ${issue.message}`, {
    developerMessage: `Send JSON such as ${example}.`,
  });
};
