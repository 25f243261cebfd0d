import type { Body, Entry, Timings } from "./model/entry";
import type { JsonObject } from "./model/json";

/** HAR 1.2 says unknown sizes as -1. */
const unknown = -1;
/** The log does not keep which version of HTTP was spoken. */
const httpVersion = "unknown";

const pairs = (headers: Record<string, string>): JsonObject[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

const mimeTypeOf = (headers: Record<string, string>): string =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";

const queryOf = (url: string): JsonObject[] =>
  URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];

/** Base64 has a field of its own in an answer's content only; a request says it in the extension below. */
const postData = (body: Body, mimeType: string): JsonObject => ({
  mimeType,
  text: body.text ?? body.base64 ?? "",
  ...(body.text === undefined && { _encoding: "base64" }),
  ...(body.truncated && { comment: "Cut: the body was longer than what the log keeps." }),
});

const content = (body: Body | null, mimeType: string): JsonObject => ({
  size: body?.size ?? 0,
  mimeType: mimeType || "x-unknown",
  ...(body && { text: body.text ?? body.base64 ?? "" }),
  ...(body && body.text === undefined && { encoding: "base64" }),
  ...(body?.truncated && { comment: "Cut: the body was longer than what the log keeps." }),
});

/** `connect` includes `ssl`; `send`, `wait` and `receive` must be numbers. */
const timingsOf = ({ dns, connect, tls, firstByte, total }: Timings) => {
  const wait = firstByte ?? 0;
  const before = (dns ?? 0) + (connect ?? 0) + (tls ?? 0);
  return {
    blocked: unknown,
    dns: dns ?? unknown,
    connect: connect === null && tls === null ? unknown : (connect ?? 0) + (tls ?? 0),
    ssl: tls ?? unknown,
    send: 0,
    wait,
    receive: Math.max(0, (total ?? 0) - before - wait),
  };
};

const responseOf = ({ response, error }: Entry): JsonObject => {
  const headers = response?.headers ?? {};
  return {
    status: response?.status ?? 0,
    statusText: response?.statusText ?? "",
    httpVersion,
    cookies: [],
    headers: pairs(headers),
    content: content(response?.body ?? null, mimeTypeOf(headers)),
    redirectURL: Object.entries(headers).find(([name]) => name.toLowerCase() === "location")?.[1] ?? "",
    headersSize: unknown,
    bodySize: unknown,
    ...(error && { _error: error.code }),
  };
};

/**
 * An entry of the log as an entry of a HAR file (HTTP Archive 1.2). What HAR has no field for stands in `_bellhop`: the
 * event's type, where it went, what became of it. It holds no secret, as the log does not.
 */
export const toHarEntry = (entry: Entry): JsonObject => {
  const { request, timings } = entry;
  const parts = timingsOf(timings);
  const { source, error, verdict, id, seq, kind, direction, environment, transport, type, guestRef } = entry;
  return {
    startedDateTime: entry.at,
    time: Object.entries(parts).reduce(
      (sum, [name, value]) => (name === "ssl" || value < 0 ? sum : sum + value),
      0,
    ),
    request: {
      method: request.method,
      url: request.url,
      httpVersion,
      cookies: [],
      headers: pairs(request.headers),
      queryString: queryOf(request.url),
      ...(request.body && { postData: postData(request.body, mimeTypeOf(request.headers)) }),
      headersSize: unknown,
      bodySize: request.body?.size ?? 0,
    },
    response: responseOf(entry),
    cache: {},
    timings: parts,
    _bellhop: JSON.parse(
      JSON.stringify({
        ...{ id, seq, kind, direction, state: entry.state, source, environment, transport, type },
        ...{ guestRef, error, verdict },
      }),
    ) as JsonObject,
  };
};

/** What stands before and after the entries of a HAR file, which are joined by commas. */
export const harFrame = (version: string): { head: string; tail: string } => ({
  head: `{"log":{"version":"1.2","creator":${JSON.stringify({ name: "Bellhop", version })},"entries":[\n`,
  tail: "\n]}}\n",
});
