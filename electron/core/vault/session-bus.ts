import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

type Target = { path: string } | { host: string; port: number };

/** One address of the D-Bus specification's form `unix:path=/run/user/1000/bus,guid=…`; null for a kind unknown here. */
const toTarget = (address: string): Target | null => {
  const [kind = "", rest = ""] = address.split(/:(.*)/s);
  const values = new Map(
    rest.split(",").map((pair) => {
      const [key = "", value = ""] = pair.split(/=(.*)/s);
      return [key, decodeURIComponent(value)] as const;
    }),
  );
  const path = values.get("path");
  const abstract = values.get("abstract");
  const port = Number(values.get("port"));
  if (kind === "unix" && path !== undefined) return { path };
  if (kind === "unix" && abstract !== undefined) return { path: `\0${abstract}` };
  if (kind === "tcp" && port > 0) return { host: values.get("host") ?? "localhost", port };
  return null;
};

/** Greets a bus as the D-Bus specification's authentication protocol begins. @returns why it cannot be used, or null */
const greet = (target: Target, wait: number): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect(target);
    const end = (problem: string | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(problem);
    };
    const timer = setTimeout(() => end("the session bus (D-Bus) does not answer"), wait);
    socket.on("error", (error) => end(`the session bus (D-Bus) cannot be reached: ${error.message}`));
    socket.on("close", () => end("the session bus (D-Bus) hung up"));
    socket.once("data", () => end(null));
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString("hex");
    socket.on("connect", () => socket.write(`\0AUTH EXTERNAL ${user}\r\n`));
  });

/**
 * Whether there is a session bus that answers. The keychain's library waits for a silent one for ever and holds the
 * whole thread meanwhile, so it is asked only after this.
 *
 * @param wait milliseconds
 * @returns null where the bus answers, else why it cannot be used
 */
export const findBusProblem = async (
  variables: Readonly<Record<string, string | undefined>>,
  wait: number,
): Promise<string | null> => {
  const runtime = variables["XDG_RUNTIME_DIR"];
  const usual = runtime === undefined ? undefined : join(runtime, "bus");
  const addresses =
    variables["DBUS_SESSION_BUS_ADDRESS"] ||
    (usual !== undefined && existsSync(usual) ? `unix:path=${usual}` : "");
  if (addresses === "") return "no session bus (D-Bus) is running";
  // The library tries a list's addresses in turn; the first that is known here decides.
  const targets = addresses.split(";").map(toTarget);
  const target = targets.find((candidate) => candidate !== null);
  return target ? greet(target, wait) : "the session bus (D-Bus) has an address of an unknown kind";
};
