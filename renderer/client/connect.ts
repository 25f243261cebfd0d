import type { Channel } from "../../shared/contract/messages";
import { createClient, type Client } from "./client";
import { createPortChannel } from "./port-channel";
import { createSocketChannel } from "./socket-channel";

declare global {
  interface Window {
    /** The preload's port; absent in a browser. */
    bellhop?: Channel;
  }
}

/** Where the page that answers the one-time address keeps the second key. Storage belongs to one origin, port included. */
const storedKey = "bellhop-key";

const key = (): string | null => localStorage.getItem(storedKey);

const stillAllowed = async (): Promise<"allowed" | "refused" | "unknown"> => {
  try {
    const response = await fetch("session", { headers: { "x-bellhop-key": key() ?? "" }, cache: "no-store" });
    return response.status === 403 ? "refused" : "allowed";
  } catch {
    return "unknown";
  }
};

/** The entry page of another tab has stored a fresh key, and the browser has its cookie: both are this page's too. */
const whenLetIn = (listener: () => void): void =>
  window.addEventListener("storage", (event) => {
    if (event.key === storedKey && event.newValue !== null) listener();
  });

/** Finds the core: over the preload's port in the desktop window, over a WebSocket in a browser. */
export const connect = (): Client => {
  if (window.bellhop) return createClient(createPortChannel(window.bellhop));
  const address = new URL("channel", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const open = (): WebSocket => new WebSocket(address);
  return createClient(createSocketChannel({ open, key, stillAllowed, whenLetIn }));
};
