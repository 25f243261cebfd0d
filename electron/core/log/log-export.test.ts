import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { Entry, ExportFormat, LogFilter } from "../../../shared/model/entry";
import { newEntry, newOutcome, openLogForEachTest, type OpenLog } from "./log-for-tests";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

const write = async (type: string, event = { type, page: "https://shop.example/" }): Promise<string> => {
  const entry = newEntry({ type, event });
  await opened.log.begin(entry);
  await opened.log.complete(entry.id, newOutcome());
  return entry.id;
};
const exported = async (format: ExportFormat, filter: LogFilter = {}): Promise<string> => {
  const { ticket } = await opened.log.handlers["log.export"]({ filter, format });
  const download = opened.transfers.open(ticket);
  if (!download) throw new Error("There is no file.");
  return text(download.stream);
};
const lines = async (filter: LogFilter = {}): Promise<Entry[]> =>
  (await exported("ndjson", filter))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Entry);

describe("an export of the log", () => {
  it("as NDJSON is the entries as the detail gives them, the oldest first", async () => {
    const ids = [await write("A"), await write("B")];
    expect(await lines()).toEqual(await Promise.all(ids.map((id) => opened.log.detail(id))));
  });

  it("holds what was selected, what fits a filter, or what a search finds, and nothing that was removed", async () => {
    const first = await write("A");
    await write("B");
    const third = await write("C", { type: "C", page: "https://shop.example/shoes" });
    const typesOf = async (filter: LogFilter) => (await lines(filter)).map(({ type }) => type);
    expect(await typesOf({ ids: [first, third] })).toEqual(["A", "C"]);
    expect(await typesOf({ types: ["B"] })).toEqual(["B"]);
    expect(await typesOf({ text: "shoes" })).toEqual(["C"]);
    await opened.log.handlers["log.remove"]({ filter: { ids: [first] } });
    expect(await typesOf({})).toEqual(["B", "C"]);
  });

  it("as HAR is one document, also of nothing", async () => {
    await write("A");
    await write("B");
    const har = JSON.parse(await exported("har")) as { log: { version: string; entries: unknown[] } };
    expect(har.log.version).toBe("1.2");
    expect(har.log.entries).toMatchObject([{ _bellhop: { type: "A" } }, { _bellhop: { type: "B" } }]);
    expect(JSON.parse(await exported("har", { types: ["NONE"] }))).toMatchObject({ log: { entries: [] } });
  });

  it("as curl and CSV has a command or a line for each", async () => {
    await write("A");
    await write("B");
    expect((await exported("curl")).match(/^curl /gm)).toHaveLength(2);
    expect((await exported("csv")).trim().split("\r\n")).toHaveLength(3);
  });

  it("of many large bodies is read a few at a time, as fast as it is taken", async () => {
    const page = "x".repeat(1_000_000);
    for (let count = 0; count < 12; count += 1) await write("LARGE", { type: "LARGE", page });
    const { ticket } = await opened.log.handlers["log.export"]({ filter: {}, format: "ndjson" });
    const download = opened.transfers.open(ticket);
    let bytes = 0;
    let largest = 0;
    for await (const chunk of download?.stream ?? []) {
      bytes += (chunk as Buffer).length;
      largest = Math.max(largest, (chunk as Buffer).length);
    }
    expect(bytes).toBeGreaterThan(12_000_000);
    expect(largest).toBeLessThan(5_000_000);
  });

  it("that nobody takes any more stops reading", async () => {
    for (let count = 0; count < 300; count += 1) await write("A");
    const { ticket } = await opened.log.handlers["log.export"]({ filter: {}, format: "ndjson" });
    const download = opened.transfers.open(ticket);
    const chunks = download?.stream.iterator();
    await chunks?.next();
    await chunks?.return?.();
    expect(download?.stream.destroyed).toBe(true);
  });
});
