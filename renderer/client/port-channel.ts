import type { Channel } from "../../shared/contract/messages";
import type { LiveChannel } from "./live-channel";

/** A channel inside one program (the preload's port, a core in memory): it is there as long as the page is. */
export const createPortChannel = (port: Channel): LiveChannel => ({
  post: (message) => port.post(message),
  onMessage: (listener) => port.onMessage(listener),
  onConnection(listener) {
    listener("connected");
    return () => undefined;
  },
  transferHeaders: () => ({}),
  close: () => undefined,
});
