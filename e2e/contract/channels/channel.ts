import type { CommandName, InputOf, OutputOf } from "../../../shared/contract/commands";
import type { Envelope } from "../../../shared/contract/messages";
import type { NotificationName, PayloadOf } from "../../../shared/contract/notifications";

/** A file as it came out of a host. */
export interface Downloaded {
  status: number;
  contentType: string | null;
  disposition: string | null;
  text: string;
}

/** A page's end of a channel, with nothing of Bellhop's own client in between. */
export interface RawChannel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  /** Gives a file to the host. @returns its envelope */
  upload(name: string, text: string): Promise<Envelope<string>>;
  download(ticket: string): Promise<Downloaded>;
  close(): Promise<void>;
}

/** A channel of the suite: how to start a host with its core on a new profile, and talk to it. */
export interface ChannelKind {
  name: string;
  /** Whether what is posted crosses a border, so that anything at all may arrive. */
  isBorder: boolean;
  start(profile: string, workspace: string): Promise<RawChannel>;
}

/** What the suite works with. */
export interface Conversation extends RawChannel {
  /** Posts any message that has a fresh id and waits for its answer. */
  ask(command: unknown, input: unknown): Promise<Envelope<unknown>>;
  /** Runs a command that must work. */
  call<C extends CommandName>(command: C, input: InputOf<C>): Promise<OutputOf<C>>;
  /** Waits for a notification that fits; also one that came since the start. */
  heard<N extends NotificationName>(
    notification: N,
    fits?: (payload: PayloadOf<N>) => boolean,
  ): Promise<PayloadOf<N>>;
  /** Waits for the next message that is an answer with this id. */
  answerWith(id: number): Promise<Envelope<unknown>>;
}

interface Answer {
  id: number;
  answer: Envelope<unknown>;
}

const isAnswer = (message: unknown): message is Answer =>
  typeof message === "object" && message !== null && "answer" in message;

/** Adds to a raw channel what a test needs to talk over it. */
export const converse = (raw: RawChannel): Conversation => {
  const messages: unknown[] = [];
  const watchers = new Set<(message: unknown) => void>();
  let lastId = 0;
  raw.onMessage((message) => {
    messages.push(message);
    for (const watch of [...watchers]) watch(message);
  });

  const next = <T>(pick: (message: unknown) => T | undefined, earlier: boolean): Promise<T> =>
    new Promise((resolve) => {
      const watch = (message: unknown): boolean => {
        const picked = pick(message);
        if (picked === undefined) return false;
        watchers.delete(watch);
        resolve(picked);
        return true;
      };
      watchers.add(watch);
      if (earlier) messages.some(watch);
    });

  const answerWith = (id: number): Promise<Envelope<unknown>> =>
    next((message) => (isAnswer(message) && message.id === id ? message.answer : undefined), false);

  const ask = (command: unknown, input: unknown): Promise<Envelope<unknown>> => {
    const id = ++lastId;
    const answer = answerWith(id);
    raw.post({ id, command, input });
    return answer;
  };

  return {
    ...raw,
    ask,
    answerWith,
    async call<C extends CommandName>(command: C, input: InputOf<C>) {
      const answer = await ask(command, input);
      if (answer.ok) return answer.value as OutputOf<C>;
      throw new Error(`${command}: ${answer.error.code}: ${answer.error.message}`);
    },
    heard<N extends NotificationName>(
      notification: N,
      fits: (payload: PayloadOf<N>) => boolean = () => true,
    ) {
      return next((message) => {
        const heard = message as { notification?: unknown; payload: PayloadOf<N> };
        return heard.notification === notification && fits(heard.payload) ? heard.payload : undefined;
      }, true);
    },
  };
};
