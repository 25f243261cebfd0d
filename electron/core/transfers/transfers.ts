import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../../shared/contract/errors";
import type { Download, Transfers } from "./transfers-service";

/** Milliseconds. */
const ticketLivesFor = 60_000;
const largestUpload = 100 * 1024 * 1024;

interface Received {
  name: string;
  file: string;
}

const tooLarge = (name: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${name} is larger than 100 MB.`,
    hint: "Split the file, or leave out what you do not need.",
  });

const goneTicket = (): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: "This file is no longer here: it was taken already, or it waited for more than a minute.",
    hint: "Choose the file again.",
    field: "/ticket",
  });

/** A name as it may be shown: the last part of a path, without control characters. */
const shownName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last.replace(/\p{Cc}/gu, "").slice(0, 200) || "file";
};

const newTicket = (): string => randomBytes(32).toString("base64url");
/** Found by its hash, so that how long a look-up takes says nothing of a ticket. */
const keyOf = (ticket: string): string => createHash("sha256").update(ticket).digest("hex");

/** What waits behind tickets of one kind; each is taken once, or dropped after a minute. */
const createTickets = <T>(drop: (value: T) => void) => {
  const waiting = new Map<string, { value: T; timer: NodeJS.Timeout }>();
  const take = (key: string): T | null => {
    const found = waiting.get(key);
    if (!found) return null;
    clearTimeout(found.timer);
    waiting.delete(key);
    return found.value;
  };
  const dropNow = (key: string): void => {
    const value = take(key);
    if (value !== null) drop(value);
  };
  return {
    put(value: T): string {
      const ticket = newTicket();
      const key = keyOf(ticket);
      waiting.set(key, { value, timer: setTimeout(() => dropNow(key), ticketLivesFor).unref() });
      return ticket;
    },
    take: (ticket: string): T | null => take(keyOf(ticket)),
    dropAll(): void {
      for (const key of [...waiting.keys()]) dropNow(key);
    },
  };
};

const utf8Text = (name: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${name} is not UTF-8 text.`,
      hint: "Save it as UTF-8, then choose it again.",
      field: "/ticket",
    });
  }
};

/** Writes what comes to a new file, and takes the file away again where it becomes too large. */
const keep = async (file: string, name: string, body: AsyncIterable<Uint8Array>): Promise<void> => {
  const handle = await open(file, "wx", 0o600);
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > largestUpload) throw tooLarge(name);
      await handle.writeFile(chunk);
    }
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(file, { force: true });
    throw error;
  }
};

/** Files that cross the door. What comes in lies in a folder of its own, readable by this account only. */
export const createTransfers = (): Transfers => {
  let folder: Promise<string> | null = null;
  let closed = false;
  const received = createTickets<Received>(
    ({ file }) => void rm(file, { force: true }).catch(() => undefined),
  );
  const offered = createTickets<Download>(({ stream }) => stream.destroy());

  return {
    async receive(name, body) {
      if (closed) throw new AppError({ code: "CLOSED", message: "Bellhop is closing." });
      // mkdtemp makes the folder with mode 0700.
      folder ??= mkdtemp(join(tmpdir(), "bellhop-transfers-"));
      const shown = shownName(name);
      const file = join(await folder, randomBytes(8).toString("hex"));
      await keep(file, shown, body);
      return received.put({ name: shown, file });
    },

    async take(ticket) {
      const found = received.take(ticket);
      if (!found) throw goneTicket();
      const bytes = await readFile(found.file);
      await rm(found.file, { force: true });
      return { name: found.name, text: utf8Text(found.name, bytes) };
    },

    async claim(ticket) {
      const found = received.take(ticket);
      if (!found) throw goneTicket();
      return { ...found };
    },

    offer: (download) => offered.put({ ...download, name: shownName(download.name) }),
    open: (ticket) => offered.take(ticket),

    async close() {
      closed = true;
      received.dropAll();
      offered.dropAll();
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
};
