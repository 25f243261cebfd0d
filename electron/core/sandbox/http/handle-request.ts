import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal, type Answer } from "./answer";
import { guardInspection, openToPages, preflightHeaders } from "./cross-origin";
import type { Credentials } from "./credentials";
import { parseQuery } from "./query";
import { readText } from "./read-text";
import type { Router } from "./router";
import type { SandboxRequest } from "./sandbox-request";

export interface HandlerOptions {
  router: Router;
  isOwnHost: (header: string | undefined) => boolean;
  /** What inspection must show; null where only this machine can reach the server. */
  inspectionCredentials: Credentials | null;
  /** Bytes. */
  bodyLimit: number;
  /** Is told of each 4xx that the API itself has answered. */
  onRejected(): void;
  report(problem: string): void;
}

const isInspection = (path: string): boolean => path === "/_sandbox" || path.startsWith("/_sandbox/");

/** Guests, orders and guest contexts: what a tenant's REST API shows with Basic, and no foreign page may read. */
const isReadBack = (path: string): boolean => /^\/v2(?:\.1)?\//.test(path);

/** Paths that begin with a version are the API's; a browser that asks for /favicon.ico is no rejected event. */
const isApi = (path: string): boolean => /^\/v\d/.test(path);

const wrongHost = (header: string | undefined): Refusal =>
  new Refusal(
    403,
    "foreign-host",
    `The sandbox does not answer to the host ${JSON.stringify((header ?? "").slice(0, 200))}.`,
    {
      developerMessage:
        "Use the address that the sandbox printed, or add the host to allowedHosts in --config. This keeps web pages out whose names were pointed at this machine.",
    },
  );

const failure: Answer = {
  status: 500,
  body: {
    status: 500,
    code: "sandbox-failure",
    message: "The sandbox itself failed at this request.",
    developerMessage: "Its console says why. What was answered with 201 before is kept.",
  },
};

const write = (
  response: ServerResponse,
  { status, body, headers }: Answer,
  extra: Record<string, string>,
): void => {
  if (response.destroyed) return;
  const text = body === null ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(body !== null && { "content-type": "application/json; charset=utf-8" }),
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...extra,
    ...headers,
  });
  response.end(text);
};

const splitTarget = (target: string): { path: string; query: string } => {
  const mark = target.indexOf("?");
  return mark === -1
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
};

/** @returns what `node:http` calls for each request; it never throws */
export const createHandler = (options: HandlerOptions) => {
  const { router, isOwnHost, inspectionCredentials, bodyLimit, onRejected, report } = options;

  const answer = async (request: SandboxRequest): Promise<Answer> => {
    const { path, headers, method } = request;
    if (!isOwnHost(headers.host)) throw wrongHost(headers.host);
    if (isInspection(path)) guardInspection(headers, inspectionCredentials);
    // Its endpoints ask for Basic themselves, always and in their own words.
    else if (isReadBack(path)) guardInspection(headers, null);
    else if (method === "OPTIONS" && router.methods(path).length > 0) {
      return { status: 204, body: null, headers: preflightHeaders(router.methods(path), headers) };
    }
    try {
      return await router.answer(request);
    } catch (error) {
      if (error instanceof Refusal && error.answer.status < 500 && isApi(path)) onRejected();
      throw error;
    }
  };

  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, query } = splitTarget(message.url ?? "/");
    const request: SandboxRequest = {
      method: message.method ?? "GET",
      path,
      query: parseQuery(query),
      headers: message.headers,
      text: () => readText(message, bodyLimit),
      whenGone: (listener) => void response.once("close", listener),
    };
    const extra = isInspection(path) || isReadBack(path) ? {} : openToPages;
    try {
      write(response, await answer(request), extra);
    } catch (error) {
      if (error instanceof Refusal) return write(response, error.answer, extra);
      if (response.destroyed) return;
      report(`The sandbox failed at ${request.method} ${path.slice(0, 200)}: ${String(error)}`);
      write(response, failure, extra);
    }
  };
};
