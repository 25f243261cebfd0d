import type { CommandName, InputOf, OutputOf } from "../../shared/contract/commands";
import type {
  Channel,
  Envelope,
  MessageFromCore,
  Notification,
  Response,
} from "../../shared/contract/messages";

/** What a channel needs of a core: the same two members that every core has. */
export interface CoreInMemory {
  call<C extends CommandName>(command: C, input: InputOf<C>): Promise<Envelope<OutputOf<C>>>;
  listen(listener: (notification: Notification) => void): () => void;
}

/** A channel to a core in this very process. Messages are copied, as on every other channel. */
export const createMemoryChannel = (core: CoreInMemory): Channel => {
  const listeners = new Set<(message: MessageFromCore) => void>();
  const tell = (message: MessageFromCore): void => {
    for (const listener of listeners) listener(structuredClone(message));
  };
  core.listen(tell);
  return {
    post(message) {
      const { id, command, input } = structuredClone(message);
      void core.call(command, input).then((answer) => tell({ id, answer } as Response));
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
