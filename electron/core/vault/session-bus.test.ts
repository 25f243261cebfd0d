import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it, beforeEach } from "vitest";
import { skipUnless } from "../../../scripts/skip-unless";
import { findBusProblem } from "./session-bus";
import { newFolder } from "./vault.fixture";

let server: Server | null = null;
afterEach(() => server?.close());

/** A bus at a socket of its own that answers a greeting with `answer`, or never. */
const busThat = async (answer: string | null): Promise<string> => {
  const path = join(await newFolder(), "bus");
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => (answer === null ? undefined : socket.write(answer)));
  });
  await new Promise<void>((resolve) => server?.listen(path, resolve));
  return path;
};

describe("the session bus", () => {
  beforeEach((context) => skipUnless(context, process.platform !== "win32", "Windows has no session bus"));

  it("can be used when it answers a greeting", async () => {
    const path = await busThat("OK 1234deadbeef\r\n");
    const address = `unix:path=${encodeURIComponent(path)},guid=12`;
    expect(await findBusProblem({ DBUS_SESSION_BUS_ADDRESS: address }, 5000)).toBeNull();
    expect(await findBusProblem({ XDG_RUNTIME_DIR: join(path, "..") }, 5000)).toBeNull();
  });

  it("cannot when it is silent, so that nothing waits for it for ever", async () => {
    const path = await busThat(null);
    const problem = await findBusProblem({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` }, 50);
    expect(problem).toContain("does not answer");
  });

  it.each([
    [{}, "no session bus"],
    [{ XDG_RUNTIME_DIR: "/nowhere" }, "no session bus"],
    [{ DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus" }, "cannot be reached"],
    [{ DBUS_SESSION_BUS_ADDRESS: "launchd:env=X" }, "unknown kind"],
    [{ DBUS_SESSION_BUS_ADDRESS: "nonsense%" }, "unknown kind"],
  ])("cannot with %o: %s", async (variables, words) => {
    expect(await findBusProblem(variables, 5000)).toContain(words);
  });
});
