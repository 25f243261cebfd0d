import { parseArgs } from "node:util";
import { AppError } from "../../shared/contract/errors";

/** What the hosts with a window are started with. */
export interface WindowArguments {
  profile: string | undefined;
  workspace: string | undefined;
  /** The port of the loopback host; undefined for its own choice. */
  port: number | undefined;
  /** Open a browser once it is ready. */
  open: boolean;
  /** In the default browser, not as a window of its own. */
  browser: boolean;
}

/** @throws AppError INVALID_INPUT unless it is a whole number from 0 to 65535 */
export const readPort = (text: string): number => {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new AppError({
    code: "INVALID_INPUT",
    message: `${text} is not a port.`,
    hint: "A port is a number from 0 (any) to 65535.",
  });
};

/** Reads a host's own arguments. What it does not know (Chromium's switches in Electron) is left alone. */
export const readWindowArguments = (args: readonly string[]): WindowArguments => {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      profile: { type: "string" },
      workspace: { type: "string" },
      port: { type: "string" },
      "no-open": { type: "boolean" },
      browser: { type: "boolean" },
    },
  });
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  const port = text(values.port);
  return {
    profile: text(values.profile),
    workspace: text(values.workspace),
    port: port === undefined ? undefined : readPort(port),
    open: values["no-open"] !== true,
    browser: values.browser === true,
  };
};
