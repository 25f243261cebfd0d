import { describe, expect, it } from "vitest";
import { createGuestAnnouncer } from "./guest-announcer";

const nextOf = (work: (add: (refs: string[], all: boolean) => void) => void) =>
  new Promise<{ refs: string[]; all: boolean }>((resolve) => {
    work(createGuestAnnouncer(resolve).add);
  });

describe("what is said of changed guests", () => {
  it("names each once, whatever the number of changes", async () => {
    const said = await nextOf((add) => {
      for (let count = 0; count < 1_000; count++) add([`guest-${count % 3}`], false);
    });
    expect(said).toEqual({ refs: ["guest-0", "guest-1", "guest-2"], all: false });
  });

  it("is `all` where they are too many, or where one change says so", async () => {
    const many = Array.from({ length: 201 }, (_, index) => `guest-${index}`);
    expect(await nextOf((add) => add(many, false))).toEqual({ refs: [], all: true });
    const said = await nextOf((add) => {
      add(["guest"], false);
      add([], true);
    });
    expect(said).toEqual({ refs: [], all: true });
  });
});
