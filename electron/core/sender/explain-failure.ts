import type { EntryError } from "../../../shared/model/entry";
import { isSitecore, regions } from "../../../shared/transports";
import { explainCertificate, isCertificateProblem } from "./explain-certificate";
import { TunnelRefused } from "./open-tunnel";
import type { PresentedCertificate } from "./presented-certificate";
import type { Proxy } from "./proxies";
import { proxyLoginHint, proxyWords } from "./proxy-words";
import { BodyTooLarge } from "./receive-body";
import { BodyNotDecodable } from "./undo-encoding";

/** Why a send was given up from this side; the reason of its AbortSignal. */
export class SendAborted extends Error {
  constructor(readonly why: "timeout" | "cancelled" | "closing") {
    super(why);
  }
}

/** What is known of a request that failed. */
export interface FailureContext {
  url: URL;
  /** Whether a byte of the request went out. */
  sent: boolean;
  /** Whether the head of an answer arrived. */
  answered: boolean;
  /** Milliseconds the send was given. */
  timeout: number;
  /** Where the request goes through one. */
  proxy: Proxy | null;
  /** What the server showed where its certificate is not trusted. */
  certificate: PresentedCertificate | null;
  /** Bytes of a decoded body after which reading stops. */
  bodyLimit: number;
}

const defaultPort = (protocol: string): string => (protocol === "https:" ? "443" : "80");
const placeOf = (url: URL): string => `${url.hostname}:${url.port || defaultPort(url.protocol)}`;

const mayHaveArrived =
  "The event may or may not have arrived: look for it at the target before sending it again.";
const wasNotSent = "Nothing was sent.";
const sitecoreHosts = `Sitecore's are ${Object.keys(regions).join(", ")}.`;

const inWords = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${Number((milliseconds / 1000).toFixed(1))} s`;

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "";
  // Several addresses were tried: the first failure speaks for all.
  const code = "code" in error && error.code ? error.code : (error as AggregateError).errors?.[0]?.code;
  return String(code ?? "");
};

const aborted = ({ why }: SendAborted, context: FailureContext, place: string): EntryError => {
  const after = context.sent ? mayHaveArrived : wasNotSent;
  if (why === "timeout") {
    const rest = context.answered ? "did not finish its answer" : "did not answer";
    return {
      code: "TIMEOUT",
      message: `${place} ${rest} within ${inWords(context.timeout)}.`,
      hint: `${after} The time a send is given is a setting.`,
    };
  }
  const who = why === "cancelled" ? "The send was cancelled" : "Bellhop was closed";
  return { code: "ABORTED", message: `${who} before ${place} had answered.`, hint: after };
};

const ofConnection = (code: string, place: string, context: FailureContext): EntryError | null => {
  const { proxy } = context;
  const where = proxy === null ? "the environment's address" : proxyWords(proxy);
  if (code === "ENOTFOUND" || code === "EAI_NONAME" || code === "EAI_NODATA") {
    const host = place.replace(/:\d+$/, "");
    const hosts = isSitecore({ baseUrl: context.url.origin }) && proxy === null ? ` ${sitecoreHosts}` : "";
    const hint = `Check ${where} for a typing mistake; inside a company, the name may need its network or VPN.${hosts}`;
    return { code: "DNS", message: `There is no host named ${host}.`, hint };
  }
  if (code.startsWith("EAI_") || code === "EDNS") {
    const host = place.replace(/:\d+$/, "");
    const hint = "Check the connection to the network, then send again. Nothing was sent.";
    return { code: "DNS", message: `The name ${host} could not be looked up.`, hint };
  }
  if (code === "ECONNREFUSED") {
    const hint = `Check the host and port of ${where}, and that the server there is running. ${wasNotSent}`;
    return { code: "REFUSED", message: `Nothing listens at ${place}.`, hint };
  }
  if (["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "EHOSTDOWN", "ENETDOWN", "EACCES"].includes(code)) {
    const hint = `Check the network, and the host of ${where}. ${wasNotSent}`;
    return { code: "REFUSED", message: `There is no way to ${place} from this machine.`, hint };
  }
  if (code === "ETIMEDOUT" || code === "UND_ERR_CONNECT_TIMEOUT") {
    const hint = `Check the host and port of ${where}; a firewall may swallow the connection. ${wasNotSent}`;
    return { code: "TIMEOUT", message: `${place} did not accept a connection in time.`, hint };
  }
  return null;
};

/** A proxy that answers, but not with a way through. */
const ofProxy = (error: unknown, place: string, { proxy }: FailureContext): EntryError | null => {
  if (proxy === null || !(error instanceof TunnelRefused)) return null;
  const { status, schemes } = error;
  const hint =
    status === 407
      ? proxyLoginHint(proxy, schemes)
      : `Check ${proxyWords(proxy)}, and whether it may reach the target.`;
  const message = `The proxy ${placeOf(new URL(proxy.address))} refused the way to ${place} (${status}).`;
  return { code: "PROTOCOL", message, hint: `${hint} ${wasNotSent}` };
};

const ofTls = (error: unknown, code: string, place: string, context: FailureContext): EntryError | null => {
  if (isCertificateProblem(code)) {
    return explainCertificate(code, (error as Error).message, { place, ...context });
  }
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG") {
    const hint =
      "Nothing was sent. If the server there speaks plain http, the address must begin with http://.";
    return { code: "TLS", message: `${place} does not speak TLS.`, hint };
  }
  if (code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO") {
    const hint =
      "Nothing was sent. The server may ask for a TLS version or a client certificate Bellhop lacks.";
    return { code: "TLS", message: `No secure connection to ${place} could be agreed on (${code}).`, hint };
  }
  return null;
};

const ofAnswer = (
  error: unknown,
  code: string,
  place: string,
  context: FailureContext,
): EntryError | null => {
  if (error instanceof BodyTooLarge) {
    const megabytes = Math.round(context.bodyLimit / 1024 / 1024);
    const hint =
      "The event arrived; only its answer was not read to the end. Check that the address is the API's.";
    return { code: "TOO_LARGE", message: `The answer of ${place} is larger than ${megabytes} MB.`, hint };
  }
  if (error instanceof BodyNotDecodable) {
    const hint = "The event arrived. Something between may have changed the answer's bytes or its headers.";
    return {
      code: "PROTOCOL",
      message: `The answer of ${place} cannot be unpacked: ${error.message}.`,
      hint,
    };
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") {
    return {
      code: "TOO_LARGE",
      message: `The headers of ${place}'s answer are too large.`,
      hint: mayHaveArrived,
    };
  }
  const isStreamError =
    code.startsWith("ERR_HTTP2_") || (error instanceof Error && /^HTTP\/2: /.test(error.message));
  const broken = [
    ...(isStreamError ? [code] : []),
    "UND_ERR_SOCKET",
    "ECONNRESET",
    "EPIPE",
    "ECONNABORTED",
    "ERR_STREAM_PREMATURE_CLOSE",
  ];
  if (context.answered && (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH" || broken.includes(code))) {
    const hint =
      "The event arrived, or a part of it did: the status is the target's, the body is what came of it.";
    const kind = code === "ECONNRESET" ? "RESET" : "PROTOCOL";
    return { code: kind, message: `${place} broke off in the middle of its answer.`, hint };
  }
  if (broken.includes(code)) {
    const hint = context.sent ? mayHaveArrived : `${wasNotSent} The server, or a proxy before it, hung up.`;
    return { code: "RESET", message: `${place} closed the connection without an answer.`, hint };
  }
  const unreadable = error instanceof Error && error.name === "HTTPParserError";
  if (unreadable || code.startsWith("HPE_") || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    const hint = "Check the port, and whether the address should begin with https://.";
    return { code: "PROTOCOL", message: `What ${place} answers is not HTTP.`, hint };
  }
  return null;
};

/** Whether a certificate was refused, so that it is worth reading. */
export const isUntrusted = (error: unknown): boolean => isCertificateProblem(codeOf(error));

/**
 * Says in a sentence why there is no usable answer, and what to do next.
 *
 * @param error what undici, the socket, or our own reading of the body threw
 */
export const explainFailure = (error: unknown, context: FailureContext): EntryError => {
  const place = placeOf(context.url);
  if (error instanceof SendAborted) return aborted(error, context, place);
  const code = codeOf(error);
  const { proxy } = context;
  const opening = proxy === null ? place : `the proxy ${placeOf(new URL(proxy.address))}`;
  const known =
    (context.sent ? null : ofConnection(code, opening, context)) ??
    ofProxy(error, place, context) ??
    ofTls(error, code, place, context) ??
    ofAnswer(error, code, place, context);
  if (known) return known;
  return {
    code: "PROTOCOL",
    message: `The exchange with ${place} failed: ${error instanceof Error ? error.message : String(error)}`,
    hint: context.sent ? mayHaveArrived : wasNotSent,
  };
};
