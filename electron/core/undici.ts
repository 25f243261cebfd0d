import type { Dispatcher as AnyDispatcher } from "undici";
import api from "undici/lib/api/index.js";
import buildConnector from "undici/lib/core/connect.js";
import Agent from "undici/lib/dispatcher/agent.js";

// As undici's own index does it for what all dispatchers extend.
Object.assign(Object.getPrototypeOf(Object.getPrototypeOf(Agent.prototype)) as object, api);

let shared: Agent | null = null;

type RequestOptions = Omit<Partial<AnyDispatcher.RequestOptions>, "origin" | "path">;

/**
 * The parts of undici that Bellhop needs. Its index also loads fetch, WebSocket, caches and mocks, which takes longer
 * than all else at the start of a command.
 */
export { Agent, buildConnector };

/** One request for Bellhop's own business, on connections that are kept. Events go by the sender's client. */
export const request = (
  address: string,
  options: RequestOptions = {},
): Promise<AnyDispatcher.ResponseData> => {
  const { origin, pathname, search } = new URL(address);
  shared ??= new Agent();
  return shared.request({ method: "GET", ...options, origin, path: `${pathname}${search}` });
};
