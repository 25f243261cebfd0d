import { describe, expect, it } from "vitest";
import { reactive } from "vue";
import type { Request } from "../../shared/contract/messages";
import { createPortChannel } from "./port-channel";

describe("a channel over a port", () => {
  it("carries what the interface holds in reactive objects, which a structured clone refuses", () => {
    const posted: Request[] = [];
    const channel = createPortChannel({
      post: (message) => posted.push(structuredClone(message)),
      onMessage: () => () => undefined,
    });
    const filter = reactive({ environments: ["sandbox"] });
    channel.post({ id: 1, command: "log.query", input: { filter, limit: 10 } });
    expect(posted).toEqual([
      { id: 1, command: "log.query", input: { filter: { environments: ["sandbox"] }, limit: 10 } },
    ]);
  });
});
