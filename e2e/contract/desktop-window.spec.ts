import { expect, test as base } from "@playwright/test";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runBellhop } from "../fixtures/command-line";
import { launchDesktop, startDesktop, type RunningDesktop } from "../fixtures/desktop";
import { writeWorkspaceFile } from "../fixtures/scenario-files";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";

interface WindowFacts {
  state: { shown: boolean; focused: number; minimized: boolean; maximized: boolean };
}

interface Question {
  message: string;
  detail: string;
  buttons: string[];
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

test("ends with exit code 0 when its window is closed", async ({ desktop }) => {
  await desktop.act("closeWindow");
  expect(await desktop.ended).toBe(0);
});

test("asks before its window closes while a run is on, and keeps it running where it is told to", async ({
  profile,
}) => {
  const workspace = join(profile, "workspace");
  await writeWorkspaceFile(workspace, "slow.scenario.yaml", "bellhop: 1\nname: Slow\nsteps:\n  - wait: 1h\n");
  const desktop = await startDesktop({ profile, workspace });
  const began = desktop.pageHears({ notification: "runs.progressed" });
  const input = { path: "slow.scenario.yaml", environment: "sandbox", options: {} };
  await desktop.act("post", { message: { id: 1, command: "runs.start", input } });
  await began;
  await desktop.act("closeWindow");
  const questions = async () => (await desktop.act<{ questions: Question[] }>("asked")).questions;
  await expect.poll(async () => (await questions()).length).toBe(1);
  const [question] = await questions();
  expect(question?.message).toBe("A run is on.");
  expect(question?.detail).toContain("“Slow” runs on sandbox: 0 of 1 steps are done.");
  expect(question?.buttons).toEqual(["Keep it running", "Stop it and close"]);
  // Nobody has answered, which keeps it running.
  const stillThere = desktop.pageHears({ id: 2 });
  await desktop.act("post", { message: { id: 2, command: "runs.list", input: { offset: 0, limit: 1 } } });
  expect(await stillThere).toMatchObject({
    answer: { value: { runs: [{ name: "Slow", state: "running" }] } },
  });
  await desktop.act("answer", { button: 1 });
  await desktop.act("closeWindow");
  expect(await desktop.ended).toBe(0);
});

test("ends with exit code 0 on Ctrl-C", async ({ desktop }) => {
  expect(await desktop.stop()).toBe(0);
});

test("comes to the front when Bellhop is started again on its profile", async ({ desktop, profile }) => {
  await desktop.act("minimize");
  const heard = desktop.pageHears({ notification: "app.focused" });
  const { code, stdout } = await runBellhop(["open", "--profile", profile]);
  expect(code).toBe(0);
  expect(stdout).toContain("Bellhop's window is open.");
  await heard;
  const { state } = await desktop.act<WindowFacts>("window");
  expect(state).toMatchObject({ minimized: false, focused: 1 });
});

test("joins the one that runs, as a second desktop window does", async ({ desktop, profile }) => {
  const second = launchDesktop({ profile });
  expect(await second.ended).toBe(0);
  expect(second.output()).toContain("It was running already.");
  expect((await desktop.act<WindowFacts>("window")).state.focused).toBe(1);
});

test("remembers where its window stood", async ({ desktop, profile }) => {
  await desktop.act("closeWindow");
  await desktop.ended;
  await writeFile(
    join(profile, "window.json"),
    JSON.stringify({ bounds: { x: 30, y: 40, width: 1200, height: 700 }, maximized: true }),
  );
  const again = await startDesktop({ profile });
  expect((await again.act<WindowFacts>("window")).state.maximized).toBe(true);
  await again.stop();
});

test("answers only the page that asked, not the one that loaded after it", async ({ desktop }) => {
  const answers: { load: number; id: unknown }[] = [];
  const settled = new Promise((resolve) =>
    desktop.onPageMessage((message, load) => {
      const { id } = message as { id?: unknown };
      if (id === undefined) return;
      answers.push({ load, id });
      if (id === 2) resolve(null);
    }),
  );
  await desktop.act("post", { message: { id: 1, command: "guests.new", input: { environment: "sandbox" } } });
  await desktop.act("reload");
  await desktop.act("post", { message: { id: 2, command: "guests.new", input: { environment: "sandbox" } } });
  await settled;
  expect(answers.filter(({ load }) => load === 2)).toEqual([{ load: 2, id: 2 }]);
});

test("keeps its profile for this account alone", async ({ desktop, profile }) => {
  await desktop.act("window");
  const mode = async (name: string): Promise<number> => (await stat(join(profile, name))).mode & 0o777;
  expect(await mode(".")).toBe(0o700);
  expect(await mode("instance.sock")).toBe(0o600);
});

test("has a menu with the roles that every program has", async ({ desktop }) => {
  const { menu } = await desktop.act<{ menu: { role?: string; label?: string }[] }>("asked");
  const names = menu.map(({ role, label }) => role ?? label);
  expect(names).toEqual(expect.arrayContaining(["fileMenu", "editMenu", "View", "windowMenu", "help"]));
});
