import type { Dispatcher } from "undici";
import type { EntryError, Timings } from "../../../shared/model/entry";
import type { RequestTimings } from "./connection-timings";
import { createConnections, type Way } from "./connections";
import { explainRedirect } from "./explain-detour";
import { explainFailure, isUntrusted, SendAborted } from "./explain-failure";
import {
  bodyLimits,
  createReceiver,
  type BodyLimits,
  type BodyReceiver,
  type ReceivedBody,
} from "./receive-body";
import type { Route } from "./route";
import { readAuthorities, type ReadTrusted } from "./trusted-authorities";

export interface HttpRequest {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

export interface HttpResponse {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: ReceivedBody;
}

/** How an exchange ended. There may be both an answer and an error: a redirect, or a body that broke off. */
export interface HttpResult {
  response: HttpResponse | null;
  error: EntryError | null;
  timings: Timings;
}

export interface HttpClient {
  /**
   * Sends a request and reads its answer. Never throws: failures are part of the result. Redirects are not followed.
   *
   * @param timeout milliseconds for all of it
   * @param signal gives up when aborted; its reason is a SendAborted
   */
  exchange(request: HttpRequest, route: Route, timeout: number, signal: AbortSignal): Promise<HttpResult>;
  close(): Promise<void>;
}

/** How an exchange ended, before it is put in words. */
interface Carried {
  response: HttpResponse | null;
  failure: unknown;
  timings: RequestTimings;
}

/** Repeated headers become one, as RFC 9110 §5.3 allows. */
const joinHeaders = (raw: readonly unknown[]): Record<string, string> => {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]).toLowerCase();
    const value = String(raw[index + 1]);
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
};

interface HttpClientOptions {
  limits?: BodyLimits;
  /** Whom this machine trusts; asked for once, before the first secure connection. */
  readTrusted?: ReadTrusted;
}

export const createHttpClient = ({
  limits = bodyLimits,
  readTrusted = () => readAuthorities(process.env),
}: HttpClientOptions = {}): HttpClient => {
  const connections = createConnections(readTrusted);

  /**
   * Sends by undici's own handler: its `request` makes a stream of each body and a signal of each time-out, which costs
   * more than the exchange itself.
   */
  const carry = (
    { method, headers, body }: HttpRequest,
    address: URL,
    { dispatcher, origin, pathPrefix, headers: forProxy }: Way,
    timeout: number,
    signal: AbortSignal,
  ): Promise<Carried> =>
    new Promise((resolve) => {
      const timings = connections.startTiming();
      let controller: Dispatcher.DispatchController | null = null;
      let head: Omit<HttpResponse, "body"> | null = null;
      let receiver: BodyReceiver | null = null;
      let stopped: SendAborted | null = null;
      let over = false;

      const end = async (ending: unknown): Promise<void> => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
        const read = (await receiver?.end(ending)) ?? null;
        const response = head && read && { ...head, body: read.body };
        const failure = read ? read.failure : ending;
        resolve({ response, failure: failure !== null && stopped ? stopped : failure, timings });
      };
      const stop = (why: SendAborted): void => {
        stopped = why;
        controller?.abort(why);
        void end(why);
      };
      const onAbort = (): void => stop(signal.reason as SendAborted);
      const timer = setTimeout(() => stop(new SendAborted("timeout")), timeout);
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });

      const path = pathPrefix + address.pathname + address.search;
      dispatcher.dispatch(
        { origin, path, method, headers: { ...headers, ...forProxy }, body },
        {
          onRequestStart(started) {
            controller = started;
            // Given up while the connection was made: then it does not leave any more.
            if (stopped) started.abort(stopped);
            else timings.onStart();
          },
          onResponseStart(answering, status, _headers, statusText = "") {
            if (status < 200) return;
            timings.onHeaders();
            head = { status, statusText, headers: joinHeaders(answering.rawHeaders as Buffer[]) };
            receiver = createReceiver(head.headers["content-encoding"] ?? "", limits, {
              resume: () => answering.resume(),
              giveUp: () => answering.abort(new Error("Nothing more is wanted of this body.")),
            });
          },
          onResponseData(answering, chunk) {
            if (receiver?.push(chunk) === false) answering.pause();
          },
          onResponseEnd: () => void end(null),
          onResponseError: (_controller, error) => void end(error),
        },
      );
      return undefined;
    });

  return {
    async exchange(request, route, timeout, signal) {
      const address = new URL(request.url);
      const { proxy } = route;
      const known = connections.wayTo(address, route);
      const way = "dispatcher" in known ? known : await known;
      const carried = await carry(request, address, way, timeout, signal);
      const { response, failure, timings } = carried;
      let error: EntryError | null = null;
      if (failure !== null) {
        const state = { sent: timings.sent(), answered: response !== null };
        const certificate = isUntrusted(failure) ? await connections.presented(address, route) : null;
        const context = { url: address, ...state, timeout, proxy, certificate, bodyLimit: limits.read };
        error = explainFailure(failure, context);
      } else if (response !== null && response.status >= 300 && response.status < 400) {
        error = explainRedirect(response.status, response.headers["location"] ?? null, address);
      }
      return { response, error, timings: timings.current() };
    },

    close: () => connections.close(),
  };
};
