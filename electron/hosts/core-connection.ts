import type { Core } from "../core/create-core";
import type { CommandName } from "../../shared/contract/commands";
import type { Envelope, MessageFromCore, Notification, Response } from "../../shared/contract/messages";
import type { ErrorCode } from "../../shared/contract/errors";

/** One client's conversation with the core, the same on every channel. */
export interface CoreConnection {
  /** Takes what came over the channel, whatever it is. */
  receive(message: unknown): void;
  close(): void;
}

/** Characters of JSON in one message. A draft may have 20 million; a file goes by upload. */
export const longestMessage = 32_000_000;

/** The answer to what has no readable id of its own. Clients count from 1. */
const noRequest = 0;

const refusal = (id: number, code: ErrorCode, message: string): Response => ({
  id,
  answer: { ok: false, error: { code, message, hint: "The page may be of another version: load it again." } },
});

const isRequest = (value: unknown): value is { id: number; command: CommandName; input: never } =>
  typeof value === "object" &&
  value !== null &&
  Number.isSafeInteger((value as { id?: unknown }).id) &&
  typeof (value as { command?: unknown }).command === "string" &&
  "input" in value;

const idOf = (value: unknown): number => {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : noRequest;
  return Number.isSafeInteger(id) ? (id as number) : noRequest;
};

const unreadable = "A message has a whole number as id, a command's name and an input.";

/**
 * Joins a channel to the core: what is a request gets its answer, anything else a refusal with a code.
 *
 * @param send gives a message to the client; must not throw
 * @param notify gives a notification to the client; apart from answers, because a slow channel treats them differently
 */
export const connectToCore = (
  core: Core,
  send: (message: MessageFromCore) => void,
  notify: (notification: Notification) => void = send,
): CoreConnection => {
  let open = true;
  const stop = core.notifications.listen(notify);
  return {
    receive(message) {
      if (!open) return;
      if (!isRequest(message)) return send(refusal(idOf(message), "INVALID_INPUT", unreadable));
      const { id, command, input } = message;
      void core.call(command, input).then((answer: Envelope<unknown>) => {
        if (open) send({ id, answer } as Response);
      });
    },
    close() {
      open = false;
      stop();
    },
  };
};

/** The refusal of a message that is not even text of the right form or size. */
export const refuseMessage = (code: ErrorCode, message: string): Response =>
  refusal(noRequest, code, message);
