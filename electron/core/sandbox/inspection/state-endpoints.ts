import * as v from "valibot";
import type { ConfigHolder } from "../config/config-holder";
import type { Answer } from "../http/answer";
import type { Route } from "../http/router";
import type { SandboxRequest } from "../http/sandbox-request";
import type { SavedStates } from "../store/saved-states";
import { explainErrors } from "./explain-errors";
import { readJson } from "./read-body";
import { spool } from "./spool";

const named = v.strictObject({
  name: v.pipe(
    v.string("name is a text."),
    v.trim(),
    v.regex(/^[^\p{Cc}\p{Cs}]{1,80}$/u, "name has 1 to 80 characters, and no control characters."),
  ),
});

const nameIn = async (request: SandboxRequest): Promise<string> =>
  (await readJson(request, named, '{"name":"before the sale"}')).name;

const done: Answer = { status: 200, body: { status: "OK" } };

/** An export is text about what fills the pages that the quota counts; it may be somewhat larger than they are. */
const largestImport = (quota: number): number => quota * 2;

/** Saves, brings back and moves whole states. */
export const createStateEndpoints = (states: SavedStates, { current }: ConfigHolder): Route[] =>
  (
    [
      {
        method: "GET",
        path: "/_sandbox/snapshots",
        answer: async () => ({ status: 200, body: { items: await states.list() } }),
      },
      {
        method: "POST",
        path: "/_sandbox/snapshots",
        answer: async (request) => ({ status: 200, body: await states.save(await nameIn(request)) }),
      },
      {
        method: "POST",
        path: "/_sandbox/snapshots/restore",
        async answer(request) {
          await states.restore(await nameIn(request));
          return done;
        },
      },
      {
        method: "POST",
        path: "/_sandbox/snapshots/remove",
        async answer(request) {
          await states.remove(await nameIn(request));
          return done;
        },
      },
      {
        method: "GET",
        path: "/_sandbox/export",
        answer: async () => ({
          status: 200,
          body: null,
          headers: { "content-disposition": 'attachment; filename="sandbox-state.json"' },
          streamed: { contentType: "application/json; charset=utf-8", pieces: states.export() },
        }),
      },
      {
        method: "POST",
        path: "/_sandbox/import",
        async answer({ bytes }) {
          await spool(bytes(largestImport(current().quota)), (text) => states.import(text));
          return done;
        },
      },
    ] satisfies Route[]
  ).map(explainErrors);
