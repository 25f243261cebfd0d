import { ipcMain, type IpcMainEvent, type WebContents } from "electron";
import type { Core } from "../../core/create-core";
import { connectToCore, longestMessage, refuseMessage, type CoreConnection } from "../core-connection";
import { isOurs } from "./application-address";

const name = "bellhop";

const foreign = refuseMessage("FORBIDDEN", "Only the main frame of Bellhop's own page may talk to the core.");
const tooLong = refuseMessage("INVALID_INPUT", "This message is too long. A large file goes by upload.");

/** The window's page, its main frame, and still at our origin: anything else is somebody else. */
const isOwnPage = ({ sender, senderFrame }: IpcMainEvent, contents: WebContents): boolean =>
  sender === contents && senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);

const isTooLong = (message: unknown): boolean => {
  try {
    return (JSON.stringify(message)?.length ?? 0) > longestMessage;
  } catch {
    // A circle or a big integer: not a message; the core's connection refuses it by its form.
    return false;
  }
};

/**
 * Joins the window's page to the core.
 *
 * @param report is told of refused senders
 */
export const serveChannel = (contents: WebContents, core: Core, report: (problem: string) => void): void => {
  const send = (message: unknown): void => {
    if (!contents.isDestroyed()) contents.send(name, message);
  };
  let connection: CoreConnection = connectToCore(core, send);

  const receive = (event: IpcMainEvent, message: unknown): void => {
    if (!isOwnPage(event, contents)) {
      report(`A message from ${event.senderFrame?.url ?? "a frame that is gone"} was refused.`);
      event.senderFrame?.send(name, foreign);
    } else if (isTooLong(message)) send(tooLong);
    else connection.receive(message);
  };
  ipcMain.on(name, receive);

  // A page that loads anew counts its calls from 1 again: answers for the old one must not reach it.
  contents.on("did-navigate", () => {
    connection.close();
    connection = connectToCore(core, send);
  });
  contents.once("destroyed", () => {
    ipcMain.off(name, receive);
    connection.close();
  });
};
