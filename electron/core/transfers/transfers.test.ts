import { existsSync, mkdtempSync, readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTransfers } from "./transfers";
import type { Transfers } from "./transfers-service";

let transfers: Transfers;
let temporary: string;

beforeEach(() => {
  // A temporary folder of this test's own, so that what lies in it is known.
  temporary = mkdtempSync(join(tmpdir(), "bellhop-test-"));
  vi.stubEnv("TMPDIR", temporary);
  vi.stubEnv("TEMP", temporary);
  transfers = createTransfers();
});
afterEach(async () => {
  vi.useRealTimers();
  await transfers.close();
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true, force: true });
});

const ownFolder = (): string => join(temporary, readdirSync(temporary)[0] ?? "there-is-none");

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

const file = (name = "body.json", text = "{}") => ({
  stream: Readable.from([text]),
  name,
  contentType: "application/json",
  size: text.length,
});

describe("a received file", () => {
  it("is taken once, as text, with a ticket of 256 bits", async () => {
    const ticket = await transfers.receive("event.json", chunks('{"a":', '"ä"}'));
    expect(Buffer.from(ticket, "base64url")).toHaveLength(32);
    expect(await transfers.take(ticket)).toEqual({ name: "event.json", text: '{"a":"ä"}' });
    await expect(transfers.take(ticket)).rejects.toMatchObject({ code: "NOT_FOUND", field: "/ticket" });
  });

  it("lies readable for this account only, and is gone once taken", async () => {
    const ticket = await transfers.receive("event.json", chunks("{}"));
    const folder = ownFolder();
    const [name] = readdirSync(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name ?? "")).mode & 0o777).toBe(0o600);
    await transfers.take(ticket);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("has a name that is only for showing, whatever the sender called it", async () => {
    const ticket = await transfers.receive("../../etc/pass\nwd\0", chunks("x"));
    expect(await transfers.take(ticket)).toEqual({ name: "passwd", text: "x" });
    const unnamed = await transfers.receive("C:\\", chunks("x"));
    expect((await transfers.take(unnamed)).name).toBe("file");
  });

  it("may be 100 MB and no more, and what is too large leaves nothing behind", async () => {
    const megabytes = function* (count: number) {
      const one = Buffer.alloc(1024 * 1024, "x");
      for (let index = 0; index < count; index += 1) yield one;
    };
    const tooMuch = Readable.from([...megabytes(100), Buffer.from("x")]);
    await expect(transfers.receive("big.json", tooMuch)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: "big.json is larger than 100 MB.",
    });
    expect(readdirSync(ownFolder())).toEqual([]);
    await expect(transfers.receive("fits.json", Readable.from(megabytes(100)))).resolves.toBeTypeOf("string");
  });

  it("that breaks off is an error and leaves nothing behind", async () => {
    const broken = async function* () {
      yield Buffer.from("half");
      throw new Error("the connection was reset");
    };
    await expect(transfers.receive("event.json", broken())).rejects.toThrow("reset");
    expect(readdirSync(ownFolder())).toEqual([]);
  });

  it("must be UTF-8; a byte order mark is dropped", async () => {
    const latin = await transfers.receive("latin.json", chunks(new Uint8Array([0xe4])));
    await expect(transfers.take(latin)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: "latin.json is not UTF-8 text.",
    });
    const marked = await transfers.receive("marked.json", chunks("\u{feff}{}"));
    expect((await transfers.take(marked)).text).toBe("{}");
  });

  it("waits for a minute", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const [early, late] = [
      await transfers.receive("a", chunks("a")),
      await transfers.receive("b", chunks("b")),
    ];
    vi.advanceTimersByTime(59_999);
    expect((await transfers.take(early)).text).toBe("a");
    vi.advanceTimersByTime(1);
    await expect(transfers.take(late)).rejects.toMatchObject({ code: "NOT_FOUND" });
    vi.useRealTimers();
    await vi.waitFor(() => expect(readdirSync(ownFolder())).toEqual([]), 10_000);
  });
});

describe("an offered file", () => {
  it("is opened once", () => {
    const download = file();
    const ticket = transfers.offer(download);
    expect(transfers.open(ticket)).toEqual(download);
    expect(transfers.open(ticket)).toBeNull();
  });

  it("is not behind any other ticket, nor behind a received file's", async () => {
    transfers.offer(file());
    const received = await transfers.receive("a", chunks("a"));
    for (const ticket of ["", "constructor", "__proto__", received])
      expect(transfers.open(ticket)).toBeNull();
  });

  it("is let go after a minute", () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const download = file();
    const ticket = transfers.offer(download);
    vi.advanceTimersByTime(60_000);
    expect(transfers.open(ticket)).toBeNull();
    expect(download.stream.destroyed).toBe(true);
  });
});

it("closing removes every file, lets every offer go and takes nothing more", async () => {
  const ticket = await transfers.receive("a", chunks("a"));
  const folder = ownFolder();
  const download = file();
  transfers.offer(download);
  await transfers.close();
  expect(existsSync(folder)).toBe(false);
  expect(download.stream.destroyed).toBe(true);
  await expect(transfers.take(ticket)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(transfers.receive("b", chunks("b"))).rejects.toMatchObject({ code: "CLOSED" });
});
