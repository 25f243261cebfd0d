import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "./random";

const draw = (seed: number | string, iteration: number, stream: string, count = 5): number[] => {
  const random = createRandom(seed, iteration, stream);
  return Array.from({ length: count }, () => random.next());
};

describe("a stream of random numbers", () => {
  it("is the same for the same seed, iteration and stream, and stays so in later versions", () => {
    expect(draw(7, 1, "4")).toEqual(draw(7, 1, "4"));
    expect(draw(7, 1, "4", 2)).toEqual([0.24372414234975293, 0.47206055033001826]);
  });

  it("takes a seed from a shell, which is a text, for the number that a file says", () => {
    expect(draw("7", 1, "4")).toEqual(draw(7, 1, "4"));
  });

  it("is another one for another seed, iteration or stream", () => {
    const streams = [
      draw(7, 1, "4"),
      draw(8, 1, "4"),
      draw(7, 2, "4"),
      draw(7, 1, "5"),
      draw("gift", 1, "4"),
    ];
    expect(new Set(streams.map(([first]) => first)).size).toBe(streams.length);
    // What one part ends with must not run into the next.
    expect(draw(1, 11, "4")).not.toEqual(draw(11, 1, "4"));
  });

  it("keeps to 0 and above and below 1, whatever the seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.string(), (seed, iteration, stream) =>
        draw(seed, iteration, stream, 20).every((number) => number >= 0 && number < 1),
      ),
    );
  });

  it("is spread evenly, also across the first numbers of neighbouring iterations", () => {
    const firsts = Array.from({ length: 20_000 }, (_, index) => createRandom(1, index, "vars").next());
    const counts = Array.from({ length: 10 }, () => 0);
    for (const first of firsts) counts[Math.floor(first * 10)] = (counts[Math.floor(first * 10)] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
