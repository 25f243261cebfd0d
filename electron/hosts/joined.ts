import type { JoinReply } from "../core/profile";
import { canOpenBrowser, surroundings } from "./display";
import { openInBrowser } from "./open-external";

/** The line that a start ends with, for people and for scripts: the address is its last word. */
export const readyLine = (address: string): string => `Bellhop is ready at ${address}`;

/** The line for a start that ends in the desktop window. */
export const windowLine = "Bellhop's window is open.";

/**
 * Says what came of a second start on a profile.
 *
 * @param open whether the fresh address may also be opened in the browser
 */
export const tellJoined = async (reply: JoinReply, open: boolean): Promise<void> => {
  if (reply.kind === "window") return void process.stdout.write(`${windowLine} It was running already.\n`);
  process.stdout.write(`${readyLine(reply.address)}\n`);
  if (open && canOpenBrowser(surroundings())) await openInBrowser(reply.address).catch(() => undefined);
};
