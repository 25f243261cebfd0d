import type { Readable } from "node:stream";

/** A file on its way out. `size` is in bytes. */
export interface Download {
  stream: Readable;
  name: string;
  contentType: string;
  size: number | null;
}

/** Files that cross the door: what a person gives, and what a person takes away. Tickets are unguessable and work once. */
export interface Transfers {
  /** Takes a file in; at most 100 MB. @returns a ticket for a command @throws AppError INVALID_INPUT when it is too large */
  receive(name: string, body: AsyncIterable<Uint8Array>): Promise<string>;
  /** The received file as text. @throws AppError NOT_FOUND */
  take(ticket: string): Promise<{ name: string; text: string }>;
  /** The received file itself, for whoever reads it bit by bit; the taker removes it. @throws AppError NOT_FOUND */
  claim(ticket: string): Promise<{ name: string; file: string }>;
  /** Offers a file. @returns a ticket for the host's download address */
  offer(download: Download): string;
  /** @returns null for an unknown, used or old ticket */
  open(ticket: string): Download | null;
  close(): Promise<void>;
}
