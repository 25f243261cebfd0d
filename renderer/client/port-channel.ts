import type { Channel, Request } from "../../shared/contract/messages";
import type { LiveChannel } from "./live-channel";

/** Vue's reactive objects are proxies, which the structured clone of a port refuses; a message is JSON-safe anyway. */
const plain = (message: Request): Request => JSON.parse(JSON.stringify(message)) as Request;

/** A channel inside one program (the preload's port, a core in memory): it is there as long as the page is. */
export const createPortChannel = (port: Channel): LiveChannel => ({
  post: (message) => port.post(plain(message)),
  onMessage: (listener) => port.onMessage(listener),
  onConnection(listener) {
    listener("connected");
    return () => undefined;
  },
  transferHeaders: () => ({}),
  close: () => undefined,
});
