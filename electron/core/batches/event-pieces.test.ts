import { describe, expect, it } from "vitest";
import { chooseCutter, markLength } from "./choose-cutter";
import { longestEvent, type Piece } from "./event-pieces";

/** Cuts a text that comes in chunks of so many bytes. */
const cut = (text: string | Buffer, size = 7) => {
  const bytes = Buffer.from(text);
  const cutter = chooseCutter("events.json", bytes);
  const pieces: Piece[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...cutter.push(bytes.subarray(at, at + size)));
  pieces.push(...cutter.end());
  return { open: cutter.open(), pieces: pieces.map(({ line, bytes: own }) => [line, own.toString().trim()]) };
};

describe("a file of events", () => {
  const lists = ['[{"a":1},{"b":[2,"]}"]}]', '[\n  {"a": 1},\n\n  {"b": [2, "]}"]}\n]\n'];

  it("is a list, whatever the chunks, with the line that each event begins in", () => {
    for (const size of [1, 2, 3, 1000]) {
      expect(cut(lists[0] ?? "", size).pieces).toEqual([
        [1, '{"a":1}'],
        [1, '{"b":[2,"]}"]}'],
      ]);
      expect(cut(lists[1] ?? "", size)).toEqual({
        open: null,
        pieces: [
          [2, '{"a": 1}'],
          [4, '{"b": [2, "]}"]}'],
        ],
      });
    }
  });

  it("is one event a line, with LF or CRLF, and a broken line harms no other", () => {
    expect(cut('{"a":1}\r\n\r\n{"b":\r\n{"c":3}\r\n').pieces).toEqual([
      [1, '{"a":1}'],
      [3, '{"b":'],
      [4, '{"c":3}'],
    ]);
    expect(cut('{"a": "never closed\n{"b":2}\n').pieces).toHaveLength(2);
    expect(cut('{"a":1,}\n{"b":2}').pieces).toHaveLength(2);
  });

  it("is one event after the other over several lines", () => {
    expect(cut('{\n  "a": "}\\"{"\n}\n{\n  "b": 2\n}').pieces).toEqual([
      [1, '{\n  "a": "}\\"{"\n}'],
      [4, '{\n  "b": 2\n}'],
    ]);
  });

  it("has a piece where a comma stands too much, and what is no event is a piece too", () => {
    expect(cut('[{"a":1},,1,]').pieces).toEqual([
      [1, '{"a":1}'],
      [1, ""],
      [1, "1"],
      [1, ""],
    ]);
    expect(cut("[]").pieces).toEqual([]);
    expect(cut('[{"a":1}] x').pieces).toEqual([
      [1, '{"a":1}'],
      [1, "x"],
    ]);
  });

  it("that is cut off says where", () => {
    expect(cut('[{"a":1},').open).toBe("the list does not end");
    expect(cut('[{"a":"').open).toBe("it ends within a text");
    expect(cut('{\n"a":1').open).toBe("its last event does not end");
  });

  it("keeps no more of an event than an event may have", () => {
    const long = `{"a":"${"x".repeat(longestEvent)}"}`;
    for (const text of [`${long}\n{"b":2}`, `[${long},{"b":2}]`]) {
      const bytes = Buffer.from(text);
      const cutter = chooseCutter("x", bytes);
      const pieces = [...cutter.push(bytes), ...cutter.end()];
      expect(pieces.map(({ isTooLong, bytes: own }) => [isTooLong, own.length])).toEqual([
        [true, 0],
        [false, 7],
      ]);
    }
  });

  it("is refused where it is none, by what it is", () => {
    expect(() => cut("")).toThrow("events.json is empty.");
    expect(() => cut(" \n ")).toThrow("is empty");
    expect(() => cut("\n<html>")).toThrow("events.json, line 2: this is no event.");
    expect(() => cut("\0\0\0")).toThrow("this is no event");
    expect(() => markLength("events.json", Buffer.from([0xff, 0xfe, 0x7b]))).toThrow("UTF-16");
    expect(markLength("events.json", Buffer.from("\ufeff[]"))).toBe(3);
  });
});
