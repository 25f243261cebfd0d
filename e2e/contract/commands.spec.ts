import { expect, test as base } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { commands, type CommandName, type InputOf } from "../../shared/contract/commands";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";
import { converse, type ChannelKind, type Conversation } from "./channels/channel";
import { ipcChannel } from "./channels/ipc";
import { memoryChannel } from "./channels/memory";
import { webSocketChannel } from "./channels/web-socket";

const view = {
  channel: "WEB",
  pos: "bellhop",
  language: "EN",
  currency: "EUR",
  page: "https://shop.example/",
};

/** A right input for every command that only reads. */
const queries: { [C in CommandName]?: InputOf<C> } = {
  "app.info": {},
  "environments.list": {},
  "guests.context": { environment: "sandbox" },
  "sender.preview": { environment: "sandbox", messageType: "VIEW", event: view },
  "log.query": { limit: 10 },
  "log.since": { revision: 0, limit: 10 },
  "log.facets": {},
  "drafts.list": {},
  "drafts.sent": { id: "a-draft", limit: 10 },
  "templates.list": {},
  "reports.notices": {},
  "reports.list": {},
  "settings.get": {},
  "layout.get": { key: "panes" },
  "sandbox.status": {},
  "sandbox.summary": {},
  "sandbox.readConfig": {},
  "sandbox.readFaults": {},
  "sandbox.clock": {},
  "sandbox.snapshots": {},
};

const prototypeNames = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];

/** One host for each file of tests and channel: every test leaves it as usable as it found it. */
const testOver = (kind: ChannelKind) =>
  base.extend<object, { core: Conversation }>({
    core: [
      async ({}, use) => {
        const folder = await makeTemporaryFolder();
        const workspace = join(folder.path, "workspace");
        await mkdir(workspace);
        const core = converse(await kind.start(join(folder.path, "profile"), workspace));
        await use(core);
        await core.close();
        await folder.remove();
      },
      { scope: "worker" },
    ],
  });

for (const kind of [memoryChannel, webSocketChannel, ipcChannel]) {
  const test = testOver(kind);

  test.describe(`the contract ${kind.name}`, () => {
    for (const [command, input] of Object.entries(queries)) {
      test(`answers ${command}`, async ({ core }) => {
        const answer = await core.ask(command, input);
        expect(answer).toMatchObject({ ok: true });
      });
    }

    for (const command of Object.keys(commands)) {
      test(`refuses a wrong input to ${command}`, async ({ core }) => {
        for (const input of [null, [], "text", { unexpected: true }]) {
          const answer = await core.ask(command, input);
          expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT" } });
        }
      });
    }

    test("says which field of an input is wrong", async ({ core }) => {
      const answer = await core.ask("settings.set", { editorFontSize: 500 });
      expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT", field: "/editorFontSize" } });
    });

    for (const name of ["no.such", "", ...prototypeNames]) {
      test(`refuses the unknown command ${JSON.stringify(name)}`, async ({ core }) => {
        const answer = await core.ask(name, {});
        expect(answer).toMatchObject({ ok: false, error: { code: "UNKNOWN_COMMAND" } });
      });
    }

    test("takes no prototype from an input", async ({ core }) => {
      const input: unknown = JSON.parse('{"__proto__": {"theme": "light"}, "constructor": 1}');
      expect(await core.ask("settings.set", input)).toMatchObject({ error: { code: "INVALID_INPUT" } });
      expect((await core.call("settings.get", {})).theme).toBe("system");
    });

    test("gives every call its own answer", async ({ core }) => {
      const keys = Array.from({ length: 50 }, (_, index) => `answer-${index}`);
      await Promise.all(keys.map((key) => core.call("layout.set", { key, value: { key } })));
      const values = await Promise.all(keys.map((key) => core.call("layout.get", { key })));
      expect(values).toEqual(keys.map((key) => ({ key })));
    });

    test("says what changed", async ({ core }) => {
      const { density } = await core.call("settings.set", { density: "compact" });
      expect(density).toBe("compact");
      const heard = await core.heard("settings.changed", ({ settings }) => settings.density === "compact");
      expect(heard.settings).toEqual(await core.call("settings.get", {}));
    });

    test("sends an event and pushes its row to the log", async ({ core }) => {
      const result = await core.call("sender.send", {
        environment: "sandbox",
        messageType: "VIEW",
        event: view,
        source: { kind: "composer" },
        allowInvalid: false,
        settle: 5000,
      });
      if (result.outcome !== "sent") throw new Error(JSON.stringify(result));
      expect(result.entry).toMatchObject({ state: "done", response: { status: 201 } });
      const heard = await core.heard("log.appended", ({ rows }) =>
        rows.some(({ id, ingestion }) => id === result.entry.id && ingestion === "processed"),
      );
      const { rows } = await core.call("log.since", { revision: 0, limit: 100 });
      expect(rows).toContainEqual(heard.rows.find(({ id }) => id === result.entry.id));
    });

    test("reads a guest of the sandbox, and as a tenant's by the Guest REST API", async ({ core }) => {
      const email = "ada@shop.example";
      const result = await core.call("sender.send", {
        environment: "sandbox",
        messageType: "IDENTITY",
        event: { ...view, email, firstname: "Ada" },
        source: { kind: "composer" },
        allowInvalid: false,
        settle: 5000,
      });
      if (result.outcome !== "sent") throw new Error(JSON.stringify(result));
      const ref = result.entry.guestRef ?? "";
      const profile = await core.call("guests.profile", { ref });
      expect(profile).toMatchObject({ ref, firstName: "Ada", emails: [email] });
      const { rows } = await core.call("guests.list", { text: email, offset: 0, limit: 10 });
      expect(rows).toMatchObject([{ ref, guestType: "customer" }]);
      const guest = await core.call("guests.lookUp", { environment: "sandbox", by: { email } });
      expect(guest).toMatchObject({ ref, firstName: "Ada", emails: [email], guestType: "customer" });
    });

    test("takes a file in and gives one out, each by a ticket that works once", async ({ core }) => {
      const text = JSON.stringify({ type: "VIEW", page: "Größe 👕" });
      const uploaded = await core.upload("späte Sicht.json", text);
      if (!uploaded.ok) throw new Error(uploaded.error.message);
      const draft = await core.call("drafts.import", { ticket: uploaded.value });
      expect(JSON.parse(draft.text)).toEqual(JSON.parse(text));
      expect(draft.name).toContain("späte Sicht");
      expect(await core.ask("drafts.import", { ticket: uploaded.value })).toMatchObject({
        error: { code: "NOT_FOUND" },
      });

      const result = await core.call("sender.send", {
        environment: "sandbox",
        messageType: "VIEW",
        event: { ...view, page: "https://shop.example/download-me" },
        source: { kind: "composer" },
        allowInvalid: false,
      });
      if (result.outcome !== "sent") throw new Error(JSON.stringify(result));
      const { ticket } = await core.call("log.download", { id: result.entry.id, part: "request" });
      const file = await core.download(ticket);
      expect(file).toMatchObject({ status: 200, disposition: expect.stringContaining("attachment") });
      expect(file.text).toContain("https://shop.example/download-me");
      expect((await core.download(ticket)).status).toBe(404);
    });

    test("changes the running sandbox, and says where a change is wrong", async ({ core }) => {
      const { text } = await core.call("sandbox.readConfig", {});
      const saved = await core.call("sandbox.saveConfig", { text: text.replace("delay: 5ms", "delay: 6ms") });
      expect(saved).toEqual({ text: text.replace("delay: 5ms", "delay: 6ms"), warnings: [] });
      expect(await core.call("sandbox.saveConfig", { text })).toEqual({ text, warnings: [] });
      expect(await core.ask("sandbox.saveConfig", { text: "delay: soon" })).toMatchObject({
        ok: false,
        error: { code: "INVALID_INPUT", message: expect.stringMatching(/^configuration:1:8: /) },
      });

      const faults = "# None at all.\n[]\n";
      expect(await core.call("sandbox.saveFaults", { text: faults })).toEqual({ text: faults, warnings: [] });
      expect(await core.call("sandbox.setClock", { advance: "1h" })).toMatchObject({ offset: 3_600_000 });
      expect(await core.call("sandbox.setClock", { real: true })).toMatchObject({ offset: 0 });
    });

    test("saves the sandbox's state, takes it out as a file, and brings it back", async ({ core }) => {
      const name = "before / the sale 👕";
      const snapshot = await core.call("sandbox.saveSnapshot", { name });
      expect(await core.call("sandbox.snapshots", {})).toEqual([snapshot]);
      expect(await core.call("sandbox.restoreSnapshot", { name })).toBeNull();
      expect(await core.call("sandbox.removeSnapshot", { name })).toBeNull();
      expect(await core.ask("sandbox.restoreSnapshot", { name })).toMatchObject({
        error: { code: "NOT_FOUND" },
      });

      const exported = await core.call("sandbox.export", {});
      const file = await core.download(exported.ticket);
      expect(file).toMatchObject({ status: 200, disposition: expect.stringContaining(exported.name) });
      const uploaded = await core.upload(exported.name, file.text);
      if (!uploaded.ok) throw new Error(uploaded.error.message);
      expect(await core.call("sandbox.import", { ticket: uploaded.value })).toBeNull();
      expect(await core.ask("sandbox.import", { ticket: uploaded.value })).toMatchObject({
        error: { code: "NOT_FOUND" },
      });
    });

    if (kind.isBorder) {
      const malformed = { null: null, "a number": 42, "a text": "call", "a list": [], "an empty map": {} };
      for (const [name, message] of Object.entries(malformed)) {
        test(`refuses ${name} as a message`, async ({ core }) => {
          const answer = core.answerWith(0);
          core.post(message);
          expect(await answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT" } });
        });
      }

      test("answers a message without a command under its own id", async ({ core }) => {
        const answer = core.answerWith(4711);
        core.post({ id: 4711, input: {} });
        expect(await answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT" } });
      });

      test("refuses a command that is no text", async ({ core }) => {
        for (const command of [1, null, ["app.info"], { toString: "app.info" }]) {
          expect(await core.ask(command, {})).toMatchObject({ error: { code: "INVALID_INPUT" } });
        }
      });
    }
  });
}
