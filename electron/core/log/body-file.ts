import { Readable } from "node:stream";
import { AppError } from "../../../shared/contract/errors";
import type { Body, Entry } from "../../../shared/model/entry";
import type { Download } from "../transfers/transfers-service";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Never a type that a browser would run, such as HTML: the body is a stranger's. */
const formOf = ({ text }: Body): { ending: string; contentType: string } => {
  if (text === undefined) return { ending: "bin", contentType: "application/octet-stream" };
  return isJson(text)
    ? { ending: "json", contentType: "application/json" }
    : { ending: "txt", contentType: "text/plain; charset=utf-8" };
};

/**
 * A kept body as a file: `entry-42-response.json`.
 *
 * @throws AppError NOT_FOUND where the entry has no such body
 */
export const bodyFile = (entry: Entry, part: "request" | "response"): Download => {
  const body = entry[part]?.body;
  if (!body) {
    throw new AppError({
      code: "NOT_FOUND",
      message: `Entry ${entry.seq} has no ${part} body.`,
      field: "/part",
    });
  }
  const bytes = body.text === undefined ? Buffer.from(body.base64 ?? "", "base64") : Buffer.from(body.text);
  const { ending, contentType } = formOf(body);
  return {
    stream: Readable.from([bytes]),
    name: `entry-${entry.seq}-${part}.${ending}`,
    contentType,
    size: bytes.byteLength,
  };
};
