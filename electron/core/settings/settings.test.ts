import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultSettings, type Settings } from "../../../shared/model/settings";
import { createNotifications } from "../notifications";
import { createNotices } from "../reports/notices";
import { createSettings } from "./settings";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bellhop-settings-"));
  file = join(folder, "settings.json");
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  return rm(folder, { recursive: true, force: true });
});

const ends: (() => void)[] = [];
const open = async (profileFolder = folder) => {
  const problems: string[] = [];
  const said: Settings[] = [];
  const notifications = createNotifications();
  notifications.listen(({ notification, payload }) => {
    if (notification === "settings.changed") said.push((payload as { settings: Settings }).settings);
  });
  const host = { profileFolder, report: (problem: string) => void problems.push(problem) };
  const notices = createNotices(notifications);
  const settings = await createSettings({ host, notifications, notices });
  ends.push(settings.close);
  return {
    notices: notices.all,
    notifications,
    problems,
    said,
    current: settings.current,
    get: () => settings.handlers["settings.get"]({}),
    set: settings.handlers["settings.set"],
  };
};
const written = (): unknown => JSON.parse(readFileSync(file, "utf8"));

describe("settings", () => {
  it("are the defaults, without a file, until something is set", async () => {
    const { current, get, problems } = await open();
    expect(current()).toEqual(defaultSettings);
    expect(await get()).toEqual(defaultSettings);
    expect(existsSync(file)).toBe(false);
    expect(problems).toEqual([]);
  });

  it("are there at once, said to all, and there after a restart", async () => {
    const { set, current, said } = await open();
    const expected = { ...defaultSettings, theme: "light", sendTimeout: 5_000 };
    expect(await set({ theme: "light", sendTimeout: 5_000 })).toEqual(expected);
    expect(current()).toEqual(expected);
    expect(said).toEqual([expected]);
    expect((await open()).current()).toEqual(expected);
  });

  it("lie in a readable file of what was set, for this account only, with nothing left beside it", async () => {
    const { set } = await open();
    await set({ density: "compact" });
    expect(readFileSync(file, "utf8")).toBe('{\n  "density": "compact"\n}\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["settings.json"]);
  });

  it("keep each of many changes at once", async () => {
    const { set } = await open();
    await Promise.all([set({ theme: "dark" }), set({ density: "compact" }), set({ sandboxPort: 5000 })]);
    expect(written()).toEqual({ theme: "dark", density: "compact", sandboxPort: 5000 });
  });

  it("keep what another process or a person wrote meanwhile", async () => {
    const [first, second] = [await open(), await open()];
    await first.set({ theme: "dark" });
    await second.set({ editorFontSize: 15 });
    expect(written()).toEqual({ theme: "dark", editorFontSize: 15 });
  });

  it("keep keys that Bellhop does not know", async () => {
    writeFileSync(file, '{ "comment": "mine", "theme": "dark", "future": { "a": [1] } }');
    const { set, current, problems } = await open();
    expect(current()).toEqual({ ...defaultSettings, theme: "dark" });
    await set({ theme: "light" });
    expect(written()).toEqual({ comment: "mine", theme: "light", future: { a: [1] } });
    expect(problems).toEqual([]);
  });

  it("take the default for one wrong value, say so, and leave it in the file", async () => {
    writeFileSync(file, '{ "sandboxPort": 99999, "theme": "dark" }');
    const { current, problems, set } = await open();
    expect(current()).toEqual({ ...defaultSettings, theme: "dark" });
    expect(problems.join()).toContain("sandboxPort");
    await set({ density: "compact" });
    expect(written()).toEqual({ sandboxPort: 99999, theme: "dark", density: "compact" });
  });

  it("take nothing from a prototype", async () => {
    writeFileSync(file, '{ "__proto__": { "theme": "dark" } }');
    expect((await open()).current()).toEqual(defaultSettings);
  });
});

describe("a file that cannot be read as settings", () => {
  it.each([
    ["{ theme: dark", "line 1, column 3: this word is no value; names and texts stand in double quotes"],
    ["", "it is empty"],
    ["[1]", "line 1: the settings stand between { and }"],
    ["null", "between { and }"],
    ['{\n  "theme": "dark"\n  "density": "compact"\n}', "line 3, column 3: a comma is missing before this"],
    ['{\n  "theme": dark\n}', "line 2, column 12: this word is no value"],
  ])("of %j stays as it is, and is told with the place", async (text, place) => {
    writeFileSync(file, text);
    const { current, problems, notices } = await open();
    expect(current()).toEqual(defaultSettings);
    expect(problems).toHaveLength(1);
    expect(notices()).toMatchObject([
      { severity: "error", message: expect.stringContaining(place) as string },
    ]);
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(readdirSync(folder)).toEqual(["settings.json"]);
  });

  it("is kept aside before a setting is written over it, and an earlier one is not lost to a later one", async () => {
    for (const text of ["first", "second", "third"]) {
      writeFileSync(file, text);
      const { set } = await open();
      await set({ theme: "dark" });
      expect(written()).toEqual({ theme: "dark" });
    }
    expect(["", "-2", "-3"].map((end) => readFileSync(`${file}.damaged${end}`, "utf8"))).toEqual([
      "first",
      "second",
      "third",
    ]);
  });
});

describe("an edit by hand", () => {
  type Opened = Awaited<ReturnType<typeof open>>;
  const heard = (notifications: Opened["notifications"], name: string): Promise<void> =>
    new Promise((resolve) => {
      const stop = notifications.listen(({ notification }) => {
        if (notification !== name) return;
        stop();
        resolve();
      });
    });

  it("is noticed while Bellhop runs, and what is wrong in it is told with key, line and what it may be", async () => {
    const { current, notifications, notices } = await open();
    const changed = heard(notifications, "settings.changed");
    writeFileSync(file, '{\n  "theme": "light"\n}\n');
    await changed;
    expect(current().theme).toBe("light");

    const noticed = heard(notifications, "reports.noticed");
    writeFileSync(file, '{\n  "theme": "light",\n  "sendTimeout": 5\n}\n');
    await noticed;
    expect(current()).toEqual({ ...defaultSettings, theme: "light" });
    const [notice] = notices();
    expect(notice).toMatchObject({ setting: "sendTimeout", severity: "warning" });
    expect(notice?.message).toBe("The setting sendTimeout cannot be 5, so its default 30000 holds.");
    expect(notice?.hint).toBe(`It must be at least 100. It stands in ${file}, line 3.`);

    // While it is half written, what held before still holds.
    const broken = heard(notifications, "reports.noticed");
    writeFileSync(file, '{\n  "theme": "li');
    await broken;
    expect(current().theme).toBe("light");
    const mended = heard(notifications, "reports.noticed");
    writeFileSync(file, '{ "theme": "light" }');
    await mended;
    expect(notices()).toEqual([]);
  });

  it("may have comments, which stay where a setting is changed in the window", async () => {
    const before = '{\n  // For the projector.\n  "editorFontSize": 18,\n  "mine": [1], // kept\n}\n';
    writeFileSync(file, before);
    const { set, current, problems } = await open();
    expect(problems).toEqual([]);
    expect(current().editorFontSize).toBe(18);
    await set({ editorFontSize: 20 });
    expect(readFileSync(file, "utf8")).toBe(before.replace("18", "20"));
  });
});

it("says what to check when the file cannot be written, and keeps what was set before", async () => {
  const { set, current, said } = await open();
  await set({ theme: "dark" });
  await rm(file);
  mkdirSync(join(file, "in-the-way"), { recursive: true });
  await expect(set({ theme: "light" })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining(file) as string,
  });
  expect(current().theme).toBe("dark");
  expect(said).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(["settings.json"]);
});
