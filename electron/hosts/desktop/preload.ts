import { contextBridge, ipcRenderer, type IpcRendererEvent } from "electron";
import type { Channel, MessageFromCore, Request } from "../../../shared/contract/messages";

/** The one channel between the page and the core. */
const name = "bellhop";

/** All that the page gets: no part of Electron or Node, and it never grows. */
const channel: Channel = {
  post: (message: Request) => ipcRenderer.send(name, message),
  onMessage(listener) {
    const receive = (_event: IpcRendererEvent, message: MessageFromCore): void => listener(message);
    ipcRenderer.on(name, receive);
    return () => ipcRenderer.off(name, receive);
  },
};

contextBridge.exposeInMainWorld("bellhop", channel);
