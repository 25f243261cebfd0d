import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal, type Answer } from "./answer";
import { guardInspection, openToPages, preflightHeaders } from "./cross-origin";
import type { Credentials } from "./credentials";
import { eventTypeOf } from "./event-type";
import { disturbAnswer, disturbInstead, isInstead } from "./faults-effect";
import type { Fault } from "./faults";
import type { FaultPlan } from "./faults-plan";
import { parseQuery } from "./query";
import { readBytesOf, readText } from "./read-text";
import type { Router } from "./router";
import type { SandboxRequest } from "./sandbox-request";
import { writeAnswer } from "./write-answer";

export interface HandlerOptions {
  router: Router;
  isOwnHost: (header: string | undefined) => boolean;
  /** What inspection must show; null where only this machine can reach the server. */
  inspectionCredentials: Credentials | null;
  /** Bytes. */
  bodyLimit: number;
  faults: FaultPlan;
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

const splitTarget = (target: string): { path: string; query: string } => {
  const mark = target.indexOf("?");
  return mark === -1
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
};

const toRequest = (message: IncomingMessage, response: ServerResponse, bodyLimit: number): SandboxRequest => {
  const { path, query } = splitTarget(message.url ?? "/");
  let text: Promise<string> | null = null;
  return {
    method: message.method ?? "GET",
    path,
    query: parseQuery(query),
    headers: message.headers,
    text: () => (text ??= readText(message, bodyLimit)),
    bytes: (limit) => readBytesOf(message, limit),
    whenGone: (listener) => void response.once("close", listener),
  };
};

const isHangUp = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";

/** @returns what `node:http` calls for each request; it never throws */
export const createHandler = (options: HandlerOptions) => {
  const { router, isOwnHost, inspectionCredentials, bodyLimit, faults, onRejected, report } = options;

  const route = async (request: SandboxRequest): Promise<Answer> => {
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

  const answer = async (request: SandboxRequest, response: ServerResponse): Promise<Answer> => {
    try {
      return await route(request);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      if (!response.destroyed) {
        report(`The sandbox failed at ${request.method} ${request.path.slice(0, 200)}: ${String(error)}`);
      }
      return failure;
    }
  };

  /** Preflights are the browser's own, and inspection is how faults are taken away again. */
  const nextFault = async (request: SandboxRequest): Promise<Fault | null> => {
    const { path, method, headers } = request;
    if (!isApi(path) || method === "OPTIONS" || !isOwnHost(headers.host)) return null;
    return faults.next({ path, eventType: () => eventTypeOf(request) });
  };

  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = toRequest(message, response, bodyLimit);
    const extra = isInspection(request.path) || isReadBack(request.path) ? {} : openToPages;
    try {
      const fault = await nextFault(request);
      if (fault && isInstead(fault)) await disturbInstead(fault, message, response, extra);
      else if (fault) await disturbAnswer(fault, await answer(request, response), response, extra);
      else await writeAnswer(response, await answer(request, response), extra);
    } catch (error) {
      // The head has left, so that the client can only be told by a cut line. One who hung up is no problem.
      if (!isHangUp(error)) report(`The sandbox could not end an answer: ${String(error)}`);
      response.destroy();
    }
  };
};
