import { expect, test as base } from "@playwright/test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { startDesktop, type RunningDesktop } from "../fixtures/desktop";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";

interface Loaded {
  url: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

const test = base.extend<{ profile: string; desktop: RunningDesktop }>({
  profile: async ({}, use) => {
    const folder = await makeTemporaryFolder();
    await use(folder.path);
    await folder.remove();
  },
  desktop: async ({ profile }, use) => {
    const desktop = await startDesktop({ profile });
    await use(desktop);
    await desktop.stop();
  },
});

let lastId = 100;
const ask = async (desktop: RunningDesktop, command: string, input: unknown): Promise<unknown> => {
  const id = ++lastId;
  const heard = desktop.pageHears({ id });
  await desktop.act("post", { message: { id, command, input } });
  return (await heard) as unknown;
};

test("a page that crashes is loaded again, and talks to the same core with what was saved", async ({
  desktop,
}) => {
  const draft = { id: "kept", name: "Kept", messageType: "VIEW", text: '{ "page": "/" }', revision: 0 };
  await ask(desktop, "drafts.save", draft);
  const { url } = await desktop.act<Loaded>("crashPage");
  expect(url).toBe("app://bellhop/");
  expect(await ask(desktop, "drafts.list", {})).toMatchObject({
    answer: { value: [{ id: "kept", text: draft.text }] },
  });
  await expect
    .poll(async () => ask(desktop, "reports.list", {}))
    .toMatchObject({ answer: { value: { reports: [{ summary: "The window's page ended" }] } } });
});

test("a page that crashes again and again gives way to one that says so and leads back", async ({
  desktop,
}) => {
  for (let time = 0; time < 3; time += 1)
    expect((await desktop.act<Loaded>("crashPage")).url).toBe("app://bellhop/");
  const page = await desktop.act<Loaded>("crashPage");
  expect(page).toMatchObject({ url: "app://bellhop/crashed", status: 200 });
  expect(page.body).toContain("This window keeps failing");
  expect(page.body).toContain('href="app://bellhop/"');
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  const back = { url: "app://bellhop/", event: "will-navigate", isMainFrame: true };
  expect(await desktop.act<boolean>("navigate", back)).toBe(false);
});

test("a core that fails starts again under the open window, and the window hears of both", async ({
  desktop,
  profile,
}) => {
  const failing = desktop.pageHears({ notification: "app.restarting" });
  const back = desktop.pageHears({ notification: "app.restarted" });
  await desktop.act("failCore", { message: "a fault made by the test" });
  await failing;
  await back;
  expect(await ask(desktop, "reports.notices", {})).toMatchObject({
    answer: { value: [{ topic: "core", message: "Bellhop's core failed and was started again." }] },
  });
  expect(await readdir(join(profile, "reports"))).toHaveLength(1);
  await ask(desktop, "reports.showFolder", {});
  const { folders } = await desktop.act<{ folders: string[] }>("asked");
  expect(folders).toEqual([join(profile, "reports")]);
});
