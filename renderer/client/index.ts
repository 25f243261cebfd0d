export { createClient, type Client } from "./client";
export { connect } from "./connect";
export type { ConnectionState, LiveChannel } from "./live-channel";
export { createMemoryChannel, type CoreInMemory } from "./memory-channel";
export { createPortChannel } from "./port-channel";
