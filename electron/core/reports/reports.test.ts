import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRedactor } from "../../../shared/redact";
import type { Notice } from "../../../shared/model/notice";
import { createNotifications } from "../notifications";
import type { Redact } from "../sender/redaction";
import { createNotices } from "./notices";
import { createReports } from "./reports";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bellhop-reports-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const redactor = createRedactor({
  known: [{ text: "a-secret-token", label: "***(matches eu)" }],
  labelOf: () => "***",
});
const redact: Redact = async (_target, apply) => apply(redactor);

const open = (options: { redact?: Redact; showFolder?: (folder: string) => Promise<void> } = {}) => {
  const notifications = createNotifications();
  const notices = createNotices(notifications);
  const { showFolder } = options;
  const host = { profileFolder: folder, version: "1.2.3", ...(showFolder && { showFolder }) };
  return createReports({ host, notifications, notices, redact: options.redact ?? redact });
};
const files = (): string[] => readdirSync(join(folder, "reports"));
const textOf = (name: string): string => readFileSync(join(folder, "reports", name), "utf8");

describe("an error report", () => {
  it("says what failed, where, and on what, for this account alone and without secrets or the home folder", async () => {
    const error = new Error(`Refused a-secret-token in ${join(homedir(), "shop")}`);
    const row = await open().keep("The core failed", error);
    const [name = ""] = files();
    const text = textOf(name);
    expect(row).toMatchObject({ id: name.replace(".txt", ""), summary: "The core failed" });
    expect(text).toContain("Error: Refused ***(matches eu) in ~");
    expect(text).toContain("reports.test.ts");
    expect(text).toContain("Bellhop 1.2.3, Node ");
    expect(text).not.toContain("a-secret-token");
    if (process.platform !== "win32")
      expect(statSync(join(folder, "reports", name)).mode & 0o777).toBe(0o600);
  });

  it("is one of at most twenty, the newest, and none is larger than 64 KB", async () => {
    const { keep, handlers } = open();
    for (let index = 0; index < 25; index += 1) await keep(`Failure ${index}`, "ä".repeat(100_000));
    expect(files()).toHaveLength(20);
    for (const name of files()) expect(textOf(name).length).toBeLessThan(66_000);
    const { reports } = await handlers["reports.list"]({});
    expect(reports).toHaveLength(20);
    const { text } = await handlers["reports.read"]({ id: reports[0]?.id ?? "" });
    expect(text).toContain("the rest was left out");
  });

  it("is kept once where the same thing fails again and again", async () => {
    const { keep } = open();
    const error = new Error("again");
    expect(await keep("The core failed", error)).not.toBeNull();
    expect(await keep("The core failed", error)).toBeNull();
    expect(files()).toHaveLength(1);
  });

  it("says only where it happened while nobody knows the secrets", async () => {
    const { keep } = open({ redact: () => Promise.reject(new Error("locked")) });
    await keep("The core failed", new Error("with a-secret-token"));
    const text = textOf(files()[0] ?? "");
    expect(text).not.toContain("a-secret-token");
    expect(text).toContain("reports.test.ts");
  });

  it("that cannot be written costs nothing else", async () => {
    writeFileSync(join(folder, "reports"), "a file where the folder should be");
    expect(await open().keep("The core failed", new Error("lost"))).toBeNull();
  });

  it("is read by its id and by nothing that leads elsewhere", async () => {
    writeFileSync(join(folder, "settings.txt"), "not a report");
    const { handlers } = open();
    for (const id of ["..-settings", "settings", "20261125T101530123-a1b2c3"])
      await expect(handlers["reports.read"]({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("lies in a folder that a host with a desktop shows, and another names", async () => {
    const shown: string[] = [];
    const { handlers } = open({ showFolder: async (path) => void shown.push(path) });
    await handlers["reports.showFolder"]({});
    expect(shown).toEqual([join(folder, "reports")]);
    await expect(open().handlers["reports.showFolder"]({})).rejects.toMatchObject({
      code: "UNSUPPORTED",
      hint: expect.stringContaining("reports") as string,
    });
  });
});

describe("notices", () => {
  it("stand until they are closed or no longer so, and each change is said", () => {
    const notifications = createNotifications();
    const said: Notice[][] = [];
    notifications.listen(({ payload }) => said.push((payload as { notices: Notice[] }).notices));
    const notices = createNotices(notifications);
    notices.replace("settings", []);
    expect(said).toEqual([]);
    notices.add("database", { severity: "error", message: "A part is damaged." });
    notices.add("database", { severity: "error", message: "A part is damaged." });
    notices.replace("settings", [{ severity: "warning", message: "Wrong.", setting: "theme" }]);
    expect(notices.all().map(({ message }) => message)).toEqual(["A part is damaged.", "Wrong."]);
    notices.replace("settings", []);
    notices.dismiss(notices.all()[0]?.id ?? "");
    expect(notices.all()).toEqual([]);
    expect(said.at(-1)).toEqual([]);
  });
});
