import type { BodyMessage, BodyReply, BodyRequestName } from "./body-requests";
import { createBodyServer } from "./serve-body";

const server = createBodyServer();

const reply = (message: BodyReply): void => self.postMessage(message);

self.addEventListener("message", ({ data }: MessageEvent<BodyMessage>) => {
  const handler = server[data.name] as (input: BodyMessage<BodyRequestName>["input"]) => Promise<unknown>;
  handler(data.input).then(
    (answer) => reply({ id: data.id, answer }),
    (error: unknown) => reply({ id: data.id, error: error instanceof Error ? error.message : String(error) }),
  );
});
