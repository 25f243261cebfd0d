import { inspect } from "node:util";
import * as v from "valibot";
import {
  commands,
  isCommandName,
  type CheckedInputOf,
  type CommandName,
  type OutputOf,
} from "../../shared/contract/commands";
import { AppError, type ErrorData } from "../../shared/contract/errors";
import type { Envelope } from "../../shared/contract/messages";

export type Handler<C extends CommandName> = (input: CheckedInputOf<C>) => Promise<OutputOf<C>>;

/** Every command of one feature: `HandlersOf<"log">` has `log.query`, `log.detail` and so on. */
export type HandlersOf<Feature extends string> = {
  [C in CommandName as C extends `${Feature}.${string}` ? C : never]: Handler<C>;
};

/** A handler for every command of the contract; a missing one does not compile. */
export type Handlers = { [C in CommandName]: Handler<C> };

const toPointer = (path: readonly { key: unknown }[] | undefined): string =>
  (path ?? []).map(({ key }) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

const checked = <C extends CommandName>(command: C, input: unknown): CheckedInputOf<C> => {
  // The schema library takes a list for an object without fields.
  if (Array.isArray(input))
    throw new AppError({ code: "INVALID_INPUT", message: `${command}: the input is a list, not an object.` });
  const result = v.safeParse(commands[command].input, input);
  if (result.success) return result.output as CheckedInputOf<C>;
  const issue = result.issues[0];
  const field = toPointer(issue.path as readonly { key: unknown }[] | undefined);
  throw new AppError({
    code: "INVALID_INPUT",
    message: `${command}: ${field || "input"}: ${issue.message}`,
    field,
  });
};

const toErrorData = (error: unknown, report: (problem: string) => void): ErrorData => {
  if (error instanceof AppError) return error.toData();
  report(error instanceof Error ? (error.stack ?? error.message) : inspect(error));
  return {
    code: "INTERNAL",
    message: "Bellhop itself failed at this. What was in the log is still there.",
    hint: "Try again; if it stays, restart Bellhop and report what you did.",
  };
};

/**
 * The one way into the core: unknown name? wrong input? then the handler.
 *
 * @param handlers one for each command
 * @param report is told of failures that are Bellhop's own
 * @returns a function that never throws: every answer is an envelope
 */
export const createDispatcher = (handlers: Handlers, report: (problem: string) => void) => {
  // Without a prototype: a bare table answers to `constructor` and `toString`.
  const table: Record<string, unknown> = Object.assign(
    Object.create(null) as Record<string, unknown>,
    handlers,
  );

  return async <C extends CommandName>(command: C, input: unknown): Promise<Envelope<OutputOf<C>>> => {
    try {
      if (!isCommandName(command)) {
        const name: unknown = command;
        throw new AppError({
          code: "UNKNOWN_COMMAND",
          message: `There is no command ${typeof name === "string" ? JSON.stringify(name.slice(0, 60)) : "of that kind"}.`,
          hint: "The window and the core may be of different versions: restart Bellhop.",
        });
      }
      const handler = table[command] as Handler<C>;
      return { ok: true, value: await handler(checked(command, input)) };
    } catch (error) {
      return { ok: false, error: toErrorData(error, report) };
    }
  };
};
