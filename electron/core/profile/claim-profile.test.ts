import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askRunning, claimProfile, type Claim, type JoinReply } from "./claim-profile";
import { socketAddress } from "./socket-address";

const window = async (): Promise<JoinReply> => ({ kind: "window" });
const open = { ask: "open" } as const;

describe("the claim of a profile", () => {
  let folder: string;
  let claims: Claim[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bellhop-"));
    claims = [];
  });
  afterEach(async () => {
    for (const claim of claims) if (claim.claimed) await claim.release();
    await rm(folder, { recursive: true });
  });

  const claim = async (onJoin = window): Promise<Claim> => {
    const made = await claimProfile(folder, onJoin);
    claims.push(made);
    return made;
  };

  it("is given to the first, and the second gets the first one's answer", async () => {
    expect(await claim(async () => ({ kind: "address", address: "http://127.0.0.1:1/" }))).toMatchObject({
      claimed: true,
    });
    expect(await claim()).toEqual({
      claimed: false,
      reply: { kind: "address", address: "http://127.0.0.1:1/" },
    });
  });

  it("is given to exactly one of many at once", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => claim()));
    expect(made.filter(({ claimed }) => claimed)).toHaveLength(1);
  });

  it("is free again once it is released", async () => {
    const first = await claim();
    if (first.claimed) await first.release();
    expect(await askRunning(folder, open)).toBeNull();
    expect(await claim()).toMatchObject({ claimed: true });
  });

  it("is released although somebody keeps a connection open", async () => {
    const first = await claim();
    const socket = connect(await socketAddress(folder));
    await once(socket, "connect");
    const closed = once(socket, "close");
    if (first.claimed) await first.release();
    await closed;
    expect(await claim()).toMatchObject({ claimed: true });
  });

  it("is taken over from one that crashed", async () => {
    await writeFile(await socketAddress(folder), "");
    expect(await askRunning(folder, open)).toBeNull();
    expect(await claim()).toMatchObject({ claimed: true });
  });

  it("is not held up by the lock of one that crashed in the middle", async () => {
    const lock = join(folder, "instance.lock");
    await mkdir(lock);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    expect(await claim()).toMatchObject({ claimed: true });
  });

  it("keeps its socket for this account alone", async () => {
    await claim();
    expect((await stat(await socketAddress(folder))).mode & 0o777).toBe(0o600);
  });

  it("outlives what is not a question", async () => {
    await claim();
    for (const text of ["not JSON\n", "null\n", '{"ask":"other"}\n', "x".repeat(20_000), "\n"]) {
      const socket = connect(await socketAddress(folder));
      socket.on("error", () => undefined);
      socket.write(text);
      socket.resume();
      await once(socket, "close");
    }
    expect(await askRunning(folder, open)).toEqual({ kind: "window" });
  });

  it("stays within what a socket's path may hold", async () => {
    const long = join(folder, "x".repeat(120));
    await mkdir(long);
    const address = await socketAddress(long);
    expect(Buffer.byteLength(address)).toBeLessThan(104);
    expect(address).not.toBe(await socketAddress(join(folder, "y".repeat(120))));
  });
});
