import { describe, expect, it } from "vitest";
import { heightInRoom, readArrangement } from "./arrangement";

describe("what was remembered of the window", () => {
  it("is taken as it was written", () => {
    const value = {
      view: "settings",
      logs: { compose: "maximised" },
      logHeight: 312,
      logRoom: 836,
      sizes: { list: 256 },
      shown: { inspector: false },
    };
    expect(readArrangement(value)).toEqual(value);
  });

  it("is taken as far as it makes sense, because another version may have written it", () => {
    expect(readArrangement(null)).toEqual({});
    expect(readArrangement("nonsense")).toEqual({});
    expect(
      readArrangement({
        view: 7,
        logs: { compose: "sideways" },
        logHeight: -4,
        logRoom: 0,
        sizes: { list: "wide", editor: 1e9, ok: 300 },
        shown: [],
      }),
    ).toEqual({ logs: {}, sizes: { ok: 300 }, shown: {} });
  });
});

describe("the log's height", () => {
  it("is what was chosen where there is as much room or more, and its part of a smaller window", () => {
    const chosen = { logHeight: 424, logRoom: 1016 };
    expect(heightInRoom(chosen, 1016)).toBe(424);
    expect(heightInRoom(chosen, 1400)).toBe(424);
    expect(heightInRoom(chosen, 576)).toBe(240);
  });
});
