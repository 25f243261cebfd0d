import { describe, expect, it } from "vitest";
import { newEntry, newOutcome, openLogForEachTest, type OpenLog } from "./log-for-tests";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

describe("downloads", () => {
  it.each([
    ["response", '{"status":"OK","ref":"r-1"}', "entry-1-response.json", "application/json"],
    ["request", "a=b", "entry-1-request.txt", "text/plain; charset=utf-8"],
  ] as const)("give the %s body's bytes under a fitting name", async (part, text, name, contentType) => {
    const body = { text: "a=b", size: 3, truncated: false };
    const entry = newEntry({ request: { ...newEntry().request, body } });
    await opened.log.begin(entry);
    await opened.log.complete(entry.id, newOutcome());
    const offered = await opened.log.handlers["log.download"]({ id: entry.id, part });
    expect(offered.name).toBe(name);
    const download = opened.transfers.open(offered.ticket);
    expect(download).toMatchObject({ name, contentType, size: Buffer.byteLength(text) });
    const chunks: Buffer[] = [];
    for await (const chunk of download?.stream ?? []) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(text);
    expect(opened.transfers.open(offered.ticket)).toBeNull();
  });

  it("never call a stranger's HTML a page", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    const body = { text: "<script>alert(1)</script>", size: 25, truncated: false };
    const headers = { "content-type": "text/html" };
    await opened.log.complete(
      entry.id,
      newOutcome({ response: { status: 500, statusText: "", headers, body } }),
    );
    const { ticket } = await opened.log.handlers["log.download"]({ id: entry.id, part: "response" });
    expect(opened.transfers.open(ticket)?.contentType).toBe("text/plain; charset=utf-8");
  });

  it("are NOT_FOUND where there is no body", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    await expect(
      opened.log.handlers["log.download"]({ id: entry.id, part: "response" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND", field: "/part" });
  });
});
