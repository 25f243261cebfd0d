import type { Dispatcher } from "undici";
import { Agent, ProxyAgent } from "../undici";
import { rootCertificates } from "node:tls";
import type { EntryError, Timings } from "../../../shared/model/entry";
import { createTimingsWatch, type RequestTimings } from "./connection-timings";
import { explainFailure, explainRedirect, SendAborted } from "./explain-failure";
import {
  bodyLimits,
  createReceiver,
  type BodyLimits,
  type BodyReceiver,
  type ReceivedBody,
} from "./receive-body";

/** How a connection is secured and routed. Connections are shared only between requests that agree in all of it. */
export interface Route {
  /** PEM of certificates that are trusted beside the usual ones; null for none. */
  extraCa: string | null;
  /** Accept certificates that nobody vouches for. */
  acceptSelfSigned: boolean;
  /** The address of an HTTP proxy; null for a direct connection. */
  proxy: string | null;
}

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

export const createHttpClient = ({ limits = bodyLimits }: { limits?: BodyLimits } = {}): HttpClient => {
  const watch = createTimingsWatch();
  const dispatchers = new Map<string, Dispatcher>();

  const open = ({ extraCa, acceptSelfSigned, proxy }: Route): Dispatcher => {
    const tls = {
      rejectUnauthorized: !acceptSelfSigned,
      ...(extraCa !== null && { ca: [...rootCertificates, extraCa] }),
    };
    // undici's own timers are coarse: each exchange has an exact one instead.
    const timers = { headersTimeout: 0, bodyTimeout: 0 };
    if (proxy !== null) return new ProxyAgent({ uri: proxy, requestTls: tls, proxyTls: tls, ...timers });
    return new Agent({ connect: watch.connector(tls), ...timers });
  };

  const dispatcherFor = (route: Route): Dispatcher => {
    const key = JSON.stringify([route.extraCa, route.acceptSelfSigned, route.proxy]);
    const dispatcher = dispatchers.get(key) ?? open(route);
    dispatchers.set(key, dispatcher);
    return dispatcher;
  };

  /**
   * Sends by undici's own handler: its `request` makes a stream of each body and a signal of each time-out, which costs
   * more than the exchange itself.
   */
  const carry = (
    { method, headers, body }: HttpRequest,
    address: URL,
    dispatcher: Dispatcher,
    timeout: number,
    signal: AbortSignal,
  ): Promise<Carried> =>
    new Promise((resolve) => {
      const timings = watch.start();
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

      const path = address.pathname + address.search;
      dispatcher.dispatch(
        { origin: address.origin, path, method, headers, body },
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
      const carried = await carry(request, address, dispatcherFor(route), timeout, signal);
      const { response, failure, timings } = carried;
      let error: EntryError | null = null;
      if (failure !== null) {
        const state = { sent: timings.sent(), answered: response !== null };
        error = explainFailure(failure, { url: address, ...state, timeout, proxy, bodyLimit: limits.read });
      } else if (response !== null && response.status >= 300 && response.status < 400) {
        error = explainRedirect(response.status, response.headers["location"] ?? null, address);
      }
      return { response, error, timings: timings.current() };
    },

    async close() {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
      watch.close();
    },
  };
};
