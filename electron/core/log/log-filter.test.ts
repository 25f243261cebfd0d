import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { LogFilter } from "../../../shared/model/entry";
import {
  newDatabaseFile,
  newEntry,
  newOutcome,
  openLog,
  removeDatabaseFile,
  type OpenLog,
} from "./log-for-tests";

let opened: OpenLog;

const answer = (status: number, text = "{}") => ({
  status,
  statusText: "",
  headers: {},
  body: { text, size: text.length, truncated: false },
});

/** Six entries, 1 to 6 in the order of the log; 6 stays pending. */
const fill = async ({ log }: OpenLog): Promise<void> => {
  const verdict = newEntry().verdict;
  const ids = [
    newEntry({ event: { type: "VIEW", page: "https://shop.example/Übersicht" } }),
    newEntry({ type: "IDENTITY", event: { type: "IDENTITY", email: "ada@example.com" } }),
    newEntry({
      environment: "eu",
      type: "SEARCH",
      event: { type: "SEARCH", search_term: 'red "shoes" 100%_*' },
    }),
    newEntry({ environment: "eu", verdict: { ...verdict, schema: "invalid" } }),
    newEntry({
      kind: "browser",
      type: "browser/create",
      event: null,
      verdict: { ...verdict, schema: "unchecked" },
    }),
    newEntry({
      ...{ id: "the-sixth", environment: "us", type: "ADD", event: { type: "ADD", sku: "TEE-001" } },
      source: { kind: "scenario", scenario: "a.scenario.yaml", runId: "run-1" },
    }),
  ];
  for (const entry of ids) await log.begin(entry);
  const end = (index: number, outcome: ReturnType<typeof newOutcome>) =>
    log.complete(ids[index]?.id ?? "", outcome);
  await end(0, newOutcome({ response: answer(201, '{"status":"OK"}'), ingestion: "processed" }));
  await end(
    1,
    newOutcome({ response: answer(401, "<p>Zugriff verweigert, straße</p>"), ingestion: "unknown" }),
  );
  await end(2, newOutcome({ response: answer(201), ingestion: "dropped" }));
  await end(3, newOutcome({ response: answer(503), ingestion: "failed" }));
  const refused = { code: "REFUSED", message: "Nobody listens.", hint: "Start it." } as const;
  await end(4, newOutcome({ response: null, error: refused, ingestion: "unknown" }));
};

beforeAll(async () => {
  opened = await openLog(newDatabaseFile());
  await fill(opened);
});

afterAll(async () => {
  await opened.close();
  await removeDatabaseFile(opened.file);
});

const found = async (filter: LogFilter): Promise<number[]> => {
  const { rows, total } = await opened.query({ filter, limit: 100 });
  expect(total).toBe(rows.length);
  return rows.map(({ seq }) => seq).reverse();
};

describe("a filter", () => {
  it.each<[string, LogFilter, number[]]>([
    ["that is empty narrows nothing", {}, [1, 2, 3, 4, 5, 6]],
    ["by environment", { environments: ["eu"] }, [3, 4]],
    ["by several environments", { environments: ["eu", "us"] }, [3, 4, 6]],
    [
      "with nothing chosen narrows nothing",
      { environments: [], types: [], statuses: [], verdicts: [], text: "" },
      [1, 2, 3, 4, 5, 6],
    ],
    ["by an unknown environment", { environments: ["nowhere"] }, []],
    ["by type", { types: ["VIEW", "browser/create"] }, [1, 4, 5]],
    ["by 2xx", { statuses: ["2xx"] }, [1, 3]],
    ["by 4xx and 5xx", { statuses: ["4xx", "5xx"] }, [2, 4]],
    ["by no answer", { statuses: ["none"] }, [5]],
    ["by pending", { statuses: ["pending"] }, [6]],
    ["by a schema verdict", { verdicts: ["invalid"] }, [4]],
    ["by ingestion", { verdicts: ["dropped", "processed"] }, [1, 3]],
    ["by either kind of verdict", { verdicts: ["invalid", "dropped"] }, [3, 4]],
    ["by unknown outcome", { verdicts: ["unknown"] }, [2, 5, 6]],
    [
      "by several things narrows by all",
      { environments: ["eu"], statuses: ["2xx"], verdicts: ["dropped"] },
      [3],
    ],
    ["by text and facet", { environments: ["eu"], text: "view" }, [4]],
    ["by its id", { ids: ["the-sixth"] }, [6]],
    ["by its run", { runs: ["run-1", "run-2"] }, [6]],
    ["by another run", { runs: ["run-2"] }, []],
    ["with a quote in a value is no SQL", { environments: ["eu' OR 1=1 --"] }, []],
  ])("%s", async (_what, filter, seqs) => {
    expect(await found(filter)).toEqual(seqs);
  });
});

const searches: [string, string, number[]][] = [
  ["a word of the event in any case", "SHOP.EXAMPLE", [1, 4]],
  ["a letter beyond ASCII in any case", "ÜBERSICHT", [1]],
  ["a part of a word of the answer", "weiger", [2]],
  ["the type", "browser/cr", [5]],
  ["the address", "127.0.0.1:4680", [1, 2, 3, 4, 5, 6]],
  ["all words, wherever they stand", "identity verweigert", [2]],
  ["no entry that lacks one of the words", "identity shoes", []],
  ["two letters", "OK", [1]],
  ["two letters at the end of what is known of an entry", "p>", [2]],
  ["two letters and a longer word", "ad example.com", [2]],
  ["one letter", "ß", [2]],
  ["one sign", "%", [3]],
  ["one sign that a pattern would take for any", "_", [3]],
  ["nothing but white space: everything", " \t ", [1, 2, 3, 4, 5, 6]],
  ["a quote", '"shoes', [3]],
  ["a lone quote with a word", 'red "', [3]],
  ["a star, which is no wildcard", "tee*", []],
  ["a star that is there", "_*", [3]],
  ["words that are operators elsewhere", "red AND NOT", []],
  ["brackets", "NEAR(red, shoes)", []],
  ["a column's name", "content:red", []],
  ["SQL", "'; DROP TABLE entries; --", []],
  ["a NUL", "red\0shoes", [3]],
  ["half a surrogate pair", "\ud800\ud800\ud800", []],
  ["a caret and a plus", "^red + shoes", []],
];

describe("a search before the index is made", () => {
  it.each(searches)("finds %s", async (_what, text, seqs) => {
    expect(await found({ text })).toEqual(seqs);
  });
});

describe("a search by the index", () => {
  beforeAll(async () => {
    await vi.waitFor(
      async () => {
        const [left] = await opened.database.query("SELECT count(*) AS count FROM entries_unindexed");
        // The pending entry is indexed when it is done.
        expect(left?.["count"]).toBe(1);
      },
      { timeout: 10_000 },
    );
  });

  it.each(searches)("finds %s", async (_what, text, seqs) => {
    expect(await found({ text })).toEqual(seqs);
  });

  it("does not reach beyond 64 kB of a body", async () => {
    const other = newDatabaseFile();
    const small = await openLog(other);
    const entry = newEntry();
    await small.log.begin(entry);
    const text = `early ${"x".repeat(70_000)} late`;
    await small.log.complete(entry.id, newOutcome({ response: answer(200, text) }));
    expect((await small.query({ filter: { text: "early" }, limit: 1 })).total).toBe(1);
    expect((await small.query({ filter: { text: "late" }, limit: 1 })).total).toBe(0);
    await small.close();
    await removeDatabaseFile(other);
  });
});

describe("a page", () => {
  const seqs = async (input: Partial<Parameters<OpenLog["query"]>[0]>): Promise<number[]> =>
    (await opened.query({ limit: 2, ...input })).rows.map(({ seq }) => seq);

  it("holds the newest rows first", async () => {
    expect(await seqs({})).toEqual([6, 5]);
  });
  it("goes on before a row", async () => {
    expect(await seqs({ before: 5 })).toEqual([4, 3]);
  });
  it("goes on after a row, in rising order", async () => {
    expect(await seqs({ after: 2 })).toEqual([3, 4]);
  });
  it("starts at any position of the filtered order", async () => {
    expect(await seqs({ offset: 3 })).toEqual([3, 2]);
    expect(await seqs({ offset: 1, filter: { environments: ["sandbox"] } })).toEqual([2, 1]);
    expect(await seqs({ offset: 99 })).toEqual([]);
  });
  it("says how many rows fit the filter, wherever it starts", async () => {
    const { total, revision } = await opened.query({
      filter: { environments: ["sandbox"] },
      offset: 2,
      limit: 1,
    });
    expect({ total, revision }).toEqual({ total: 3, revision: 11 });
  });
});

it("lists the environments and types that occur", async () => {
  expect(await opened.log.handlers["log.facets"]({})).toEqual({
    environments: ["eu", "sandbox", "us"],
    types: ["ADD", "IDENTITY", "SEARCH", "VIEW", "browser/create"],
  });
});
