import type { ConfigHolder } from "../config/config-holder";
import type { Credentials } from "../http/credentials";
import type { EventStore } from "../store/event-store";

/** What the stream endpoints work with. */
export interface StreamContext {
  config: ConfigHolder;
  credentials: Credentials;
  store: EventStore;
  /** Is told that an event waits for its outcome. */
  onAccepted(): void;
  /** Is told, once until the next reset, that nothing more is stored. */
  onFull(message: string): void;
}
