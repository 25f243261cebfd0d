import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer } from "./answer";

const alwaysSaid = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** An answer as it travels; `text` is empty where it has no body. */
export const render = (
  { status, body, headers }: Answer,
  extra: Record<string, string>,
): { status: number; headers: OutgoingHttpHeaders; text: string } => {
  const text = body === null ? "" : JSON.stringify(body);
  return {
    status,
    text,
    headers: {
      ...(body !== null && { "content-type": "application/json; charset=utf-8" }),
      "content-length": Buffer.byteLength(text),
      ...alwaysSaid,
      ...extra,
      ...headers,
    },
  };
};

/**
 * Writes an answer, unless the client has gone.
 *
 * @throws what the pieces of a streamed answer throw; the client then sees that it is cut
 */
export const writeAnswer = async (
  response: ServerResponse,
  answer: Answer,
  extra: Record<string, string>,
): Promise<void> => {
  if (response.destroyed) return;
  if (answer.streamed) {
    response.writeHead(answer.status, {
      "content-type": answer.streamed.contentType,
      ...alwaysSaid,
      ...extra,
      ...answer.headers,
    });
    return pipeline(Readable.from(answer.streamed.pieces), response);
  }
  const { status, headers, text } = render(answer, extra);
  response.writeHead(status, headers);
  response.end(text);
};
