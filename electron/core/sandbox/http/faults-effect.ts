import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal, type Answer } from "./answer";
import type { Fault } from "./faults";
import { render, writeAnswer } from "./write-answer";

/** Milliseconds where a fault does not say. */
const defaults = { delay: 1_000, timeout: 600_000, "slow-body": 5_000 } as const;

const pieces = 20;

/** Says that the answer was disturbed on purpose, where there still is one that can say so. */
const mark = (fault: Fault): Record<string, string> => ({ "x-bellhop-fault": fault.fault });

/** @returns whether the client still waits after that time */
const wait = (milliseconds: number, response: ServerResponse): Promise<boolean> =>
  new Promise((resolve) => {
    if (response.destroyed) return resolve(false);
    const end = (isThere: boolean): void => {
      clearTimeout(timer);
      response.off("close", gone);
      resolve(isThere);
    };
    const gone = (): void => end(false);
    const timer = setTimeout(() => end(true), milliseconds);
    response.once("close", gone);
  });

const answerOf = ({ status = 503 }: Fault): Answer => {
  if (status === 204 || status === 205 || status === 304) return { status, body: null };
  const message = `A fault answers this with ${status} on purpose.`;
  return new Refusal(status, "fault", message, {
    developerMessage: "GET /_sandbox/faults shows the faults, DELETE /_sandbox/faults takes them away.",
  }).answer;
};

/** Whether the API does not get to see the request: a proxy that answers itself, a line that is cut, a silent host. */
export const isInstead = ({ fault }: Fault): boolean =>
  fault === "status" || fault === "reset" || fault === "timeout";

/** Does what a fault does in the API's place. */
export const disturbInstead = async (
  fault: Fault,
  message: IncomingMessage,
  response: ServerResponse,
  extra: Record<string, string>,
): Promise<void> => {
  if (fault.fault === "status") return writeAnswer(response, answerOf(fault), { ...extra, ...mark(fault) });
  if (fault.fault === "reset") return void message.socket.resetAndDestroy();
  // Taken in all the same: a body that nobody reads counts as one that does not arrive, and would be answered 408.
  message.resume();
  if (await wait(fault.ms ?? defaults.timeout, response)) message.socket.destroy();
};

const dripSlowly = async (bytes: Buffer, milliseconds: number, response: ServerResponse): Promise<void> => {
  const length = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let start = 0; start < bytes.length; start += length) {
    if (!(await wait(milliseconds / pieces, response))) return;
    response.write(bytes.subarray(start, start + length));
  }
  response.end();
};

/** Gives the API's answer, after its work is done and kept, in the way that a fault has it arrive. */
export const disturbAnswer = async (
  fault: Fault,
  answer: Answer,
  response: ServerResponse,
  extra: Record<string, string>,
): Promise<void> => {
  const marked = { ...extra, ...mark(fault) };
  if (fault.fault === "delay") {
    if (await wait(fault.ms ?? defaults.delay, response)) await writeAnswer(response, answer, marked);
    return;
  }
  if (response.destroyed) return;
  if (fault.fault === "garbage") {
    // Neither HTTP nor JSON: the first bytes of another protocol.
    response.socket?.end("\u0016\u0003\u0001\u0000 this is not HTTP \u0000\r\n\r\n");
    return;
  }
  const { status, headers, text } = render(answer, marked);
  const bytes = Buffer.from(text);
  if (fault.fault === "slow-body") {
    response.writeHead(status, headers).flushHeaders();
    return dripSlowly(bytes, fault.ms ?? defaults["slow-body"], response);
  }
  // Truncated: the length is announced, half of it comes, and the line is cut.
  response.writeHead(status, { ...headers, "content-length": Math.max(2, bytes.length) });
  response.write(bytes.length < 2 ? " " : bytes.subarray(0, bytes.length >> 1), () => {
    response.socket?.destroy();
  });
};
