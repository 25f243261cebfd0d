import { expect, test as base } from "@playwright/test";
import { startDesktop, type RunningDesktop } from "../fixtures/desktop";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";

interface WindowFacts {
  state: { shown: boolean };
  sandboxed: boolean;
  webPreferences: Record<string, unknown>;
  loaded: { url: string; status: number; headers: Record<string, string>; body: string };
}

interface Refusal {
  name: string;
  message: unknown;
}

interface Answered {
  status: number;
  headers: Record<string, string>;
}

const test = base.extend<
  {
    /** Starts another one, on a profile of its own, for the length of a test. */
    startAnother(): Promise<RunningDesktop>;
  },
  { desktop: RunningDesktop }
>({
  startAnother: async ({}, use) => {
    const ends: (() => Promise<unknown>)[] = [];
    await use(async () => {
      const folder = await makeTemporaryFolder();
      ends.push(folder.remove);
      const desktop = await startDesktop({ profile: folder.path });
      ends.push(() => desktop.stop());
      return desktop;
    });
    for (const end of ends.reverse()) await end();
  },
  desktop: [
    async ({}, use) => {
      const folder = await makeTemporaryFolder();
      const desktop = await startDesktop({ profile: folder.path });
      await use(desktop);
      await desktop.stop();
      await folder.remove();
    },
    { scope: "worker" },
  ],
});

const own = "app://bellhop/";
const outside = [
  "https://elsewhere.example/",
  "http://127.0.0.1:1/",
  "file:///etc/passwd",
  "data:text/html,x",
];

test("shows its page in a sandbox, isolated and without Node", async ({ desktop }) => {
  const { webPreferences, loaded, sandboxed, state } = await desktop.act<WindowFacts>("window");
  expect(webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  });
  expect(sandboxed).toBe(true);
  expect(loaded).toMatchObject({ url: own, status: 200 });
  expect(loaded.body).toContain("<!doctype html>");
  expect(state.shown).toBe(true);
});

test("gives the page one channel with two functions and nothing else", async ({ desktop }) => {
  expect(await desktop.act("exposed")).toEqual({ bellhop: ["onMessage", "post"] });
});

test("sends the strict policy by header with every answer", async ({ desktop }) => {
  const { loaded } = await desktop.act<WindowFacts>("window");
  const missing = await desktop.act<Answered>("request", { url: `${own}no-such-file`, method: "GET" });
  expect(missing.status).toBe(404);
  for (const { headers } of [loaded, missing]) {
    expect(headers["content-security-policy"]).toContain("default-src 'self'; script-src 'self';");
    expect(headers["content-security-policy"]).not.toContain("unsafe-eval");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
});

test("denies every navigation and redirect away from its page", async ({ desktop }) => {
  for (const event of ["will-navigate", "will-redirect", "will-frame-navigate"]) {
    for (const url of outside)
      expect(await desktop.act("navigate", { event, url, isMainFrame: true }), `${event} ${url}`).toBe(true);
    expect(await desktop.act("navigate", { event, url: own, isMainFrame: false }), event).toBe(true);
    expect(await desktop.act("navigate", { event, url: own, isMainFrame: true }), event).toBe(false);
  }
});

test("opens no other window and attaches no webview", async ({ desktop }) => {
  for (const url of [own, ...outside]) expect(await desktop.act("openWindow", { url })).toBe("deny");
  expect(await desktop.act("attachWebview")).toBe(true);
});

test("grants no permission but to copy and to take the whole screen where nobody has pressed anything", async ({
  desktop,
}) => {
  const asked = (permission: string, url: string, isMainFrame = true) =>
    desktop.act("requestPermission", { permission, url, isMainFrame });
  for (const permission of [
    "media",
    "geolocation",
    "notifications",
    "clipboard-read",
    "openExternal",
    "usb",
  ]) {
    expect(await asked(permission, own), permission).toBe(false);
    expect(await desktop.act("checkPermission", { permission, origin: own }), permission).toBe(false);
  }
  expect(await asked("clipboard-sanitized-write", own)).toBe(true);
  expect(await asked("fullscreen", own)).toBe(true);
  expect(await asked("fullscreen", "https://elsewhere.example/")).toBe(false);
  expect(await asked("clipboard-sanitized-write", own, false)).toBe(false);
  expect(await asked("clipboard-sanitized-write", "https://elsewhere.example/")).toBe(false);
  expect(await asked("clipboard-sanitized-write", "app://bellhop.elsewhere.example/")).toBe(false);
  expect(await desktop.act("allowDevice")).toBe(false);
});

test("lets its own page paste after a person has pressed something, and no other frame or page", async ({
  startAnother,
}) => {
  const desktop = await startAnother();
  const permission = "clipboard-read";
  const ask = (url: string, isMainFrame = true) =>
    desktop.act("requestPermission", { permission, url, isMainFrame });
  const check = (origin: string, isMainFrame = true) =>
    desktop.act("checkPermission", { permission, origin, isMainFrame });
  await desktop.act("input", { type: "mouseMove" });
  expect(await ask(own)).toBe(false);
  for (const type of ["mouseDown", "rawKeyDown"]) {
    await desktop.act("input", { type });
    expect(await ask(own), type).toBe(true);
    expect(await check(own), type).toBe(true);
    expect(await ask(own, false), type).toBe(false);
    expect(await check(own, false), type).toBe(false);
    expect(await ask("https://elsewhere.example/"), type).toBe(false);
    expect(await check("https://elsewhere.example"), type).toBe(false);
  }
});

test("lets no request of the page leave the machine", async ({ desktop }) => {
  for (const url of ["https://elsewhere.example/", "http://127.0.0.1:4680/", "ws://x.example/", "file:///x"])
    expect(await desktop.act("leaveMachine", { url }), url).toEqual({ cancel: true });
});

test("refuses messages of foreign pages and sub-frames with a code", async ({ desktop }) => {
  const message = { id: 1, command: "app.info", input: {} };
  for (const sender of ["sub-frame", "foreign-page"]) {
    const received = await desktop.act<Refusal[]>("postFrom", { sender, message });
    expect(received, sender).toEqual([
      {
        name: "bellhop",
        message: {
          id: 0,
          answer: { ok: false, error: expect.objectContaining({ code: "FORBIDDEN" }) },
        },
      },
    ]);
  }
  expect(await desktop.act("postFrom", { sender: "gone", message })).toEqual([]);
});

test("refuses an oversized message with a code", async ({ desktop }) => {
  const answer = desktop.pageHears({ id: 0 });
  const value = "x".repeat(33_000_000);
  await desktop.act("post", { message: { id: 7, command: "layout.set", input: { key: "big", value } } });
  expect(await answer).toMatchObject({ answer: { ok: false, error: { code: "INVALID_INPUT" } } });
});

test("serves only its own host, and nothing from outside the built page", async ({ desktop }) => {
  const ask = (url: string, headers = {}, method = "GET") =>
    desktop.act<Answered>("request", { url, method, headers });
  expect((await ask("app://elsewhere/")).status).toBe(403);
  expect((await ask(own, { origin: "https://elsewhere.example" })).status).toBe(403);
  expect((await ask(own, {}, "POST")).status).toBe(405);
  for (const path of [
    "../package.json",
    "%2e%2e/package.json",
    "..%2fpackage.json",
    "assets/../../node/cli.mjs",
  ])
    expect((await ask(own + path)).status, path).toBe(404);
});

test("refuses the page once it shows something else, and answers again after it loads anew", async ({
  desktop,
}) => {
  const message = { id: 1, command: "app.info", input: {} };
  const received = await desktop.act<Refusal[]>("postFrom", { sender: "navigated-away", message });
  expect(received).toMatchObject([{ message: { answer: { error: { code: "FORBIDDEN" } } } }]);
});
