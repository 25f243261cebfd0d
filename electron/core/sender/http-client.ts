import { Agent, ProxyAgent, request, type Dispatcher } from "undici";
import { rootCertificates } from "node:tls";
import type { EntryError, Timings } from "../../../shared/model/entry";
import { createTimingsWatch } from "./connection-timings";
import { explainFailure, explainRedirect, SendAborted } from "./explain-failure";
import { bodyLimits, receiveBody, type BodyLimits, type ReceivedBody } from "./receive-body";

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

/** Repeated headers become one, as RFC 9110 §5.3 allows. */
const joinHeaders = (raw: readonly (string | Buffer)[]): Record<string, string> => {
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

  return {
    async exchange({ method, url, headers, body }, route, timeout, signal) {
      const address = new URL(url);
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(new SendAborted("timeout")), timeout);
      const stopped = AbortSignal.any([signal, deadline.signal]);
      const { result: answering, timings } = watch.time(async () => {
        stopped.throwIfAborted();
        const options = { method, headers, body, signal: stopped, responseHeaders: "raw" as const };
        return request(address, { ...options, dispatcher: dispatcherFor(route) });
      });

      let response: HttpResponse | null = null;
      let failure: unknown = null;
      try {
        const answer = await answering;
        const received = joinHeaders(answer.headers as unknown as string[]);
        const read = await receiveBody(answer.body, received["content-encoding"] ?? "", limits);
        failure = read.failure;
        const { statusCode: status, statusText } = answer;
        response = { status, statusText, headers: received, body: read.body };
      } catch (error) {
        failure = error;
      } finally {
        clearTimeout(timer);
      }
      if (failure !== null && stopped.aborted) failure = stopped.reason;

      let error: EntryError | null = null;
      if (failure !== null) {
        const state = { sent: timings.sent(), answered: response !== null };
        const { proxy } = route;
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
