import type { IncomingHttpHeaders } from "node:http";
import type { Query } from "./query";

/** A request as endpoints see it: no sockets, and no cookies. */
export interface SandboxRequest {
  method: string;
  /** As sent, percent-encoded. */
  path: string;
  query: Query;
  headers: IncomingHttpHeaders;
  /** The body as text; it can be asked for again. @throws Refusal 400 where it is not UTF-8, 413, 415 */
  text(): Promise<string>;
  /**
   * The body as it comes, instead of `text`.
   *
   * @param limit bytes
   * @throws Refusal 413, 415
   */
  bytes(limit: number): AsyncIterable<Uint8Array>;
  /** Is called when the client has gone. */
  whenGone(listener: () => void): void;
}
