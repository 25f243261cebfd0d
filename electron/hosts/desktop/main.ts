import { app, dialog, session, type BrowserWindow } from "electron";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createCore } from "../../core/create-core";
import { claimProfile, prepareProfile, profileFolder, workspaceFolder } from "../../core/profile";
import { AppError } from "../../../shared/contract/errors";
import { builtFiles } from "../built-files";
import { createDeferred } from "../deferred";
import { endIsAsked, endWithin } from "../end-of-process";
import { catchFailures, keepCore, type KeptCore } from "../keep-core";
import { tellJoined, windowLine } from "../joined";
import { listRendererFiles } from "../renderer-files";
import { readWindowArguments } from "../window-arguments";
import { registerApplicationScheme, serveApplication } from "./application-protocol";
import { askBeforeClosing } from "./closing-question";
import { createDesktopHost } from "./desktop-host";
import { serveChannel } from "./ipc-channel";
import { setApplicationMenu } from "./menu";
import { restrictAllContents, restrictSession } from "./security";
import { createWindow, focusWindow, showWindow } from "./window";

// Before Electron is ready; it becomes so only after this module has run, so nothing is awaited at the top.
const ended = endIsAsked();
const options = readWindowArguments(process.argv.slice(1));
const profile = profileFolder(options.profile, process.env);
const browserData = join(profile, "electron");
try {
  mkdirSync(browserData, { recursive: true, mode: 0o700 });
} catch {
  // A profile that cannot be written is told of in words, once there can be a dialog.
}
app.setPath("userData", browserData);
app.enableSandbox();
registerApplicationScheme();
restrictAllContents();
// The end is ours: first the core in order, then `app.exit`, which asks nobody.
app.on("window-all-closed", () => undefined);
app.on("will-quit", (event) => event.preventDefault());

const openWindow = async (core: KeptCore): Promise<BrowserWindow> => {
  const report = (problem: string): void => void process.stderr.write(`${problem}\n`);
  restrictSession(session.defaultSession);
  serveApplication(session.defaultSession, core, listRendererFiles(builtFiles.renderer));
  setApplicationMenu();
  const window = createWindow({
    session: session.defaultSession,
    preload: builtFiles.preload,
    icon: builtFiles.icon,
    profileFolder: profile,
    report,
    crashed: (reason) => void core.reports.keep("The window's page ended", reason),
  });
  serveChannel(window.webContents, core, report);
  askBeforeClosing(window, core);
  await showWindow(window);
  return window;
};

const seeReport = `What was saved is in the profile. An error report is in ${join(profile, "reports")}.`;

const run = async (): Promise<void> => {
  await app.whenReady();
  await prepareProfile(profile);
  const opening = createDeferred<{ core: KeptCore; window: BrowserWindow }>();
  const claim = await claimProfile(profile, async () => {
    const { core, window } = await opening.promise;
    core.notifications.say("app.focused", {});
    focusWindow(window);
    return { kind: "window" };
  });
  if (!claim.claimed) return tellJoined(claim.reply, true);

  const host = createDesktopHost(profile, workspaceFolder(options.workspace, process.cwd(), profile));
  const core = await keepCore(() => createCore(host));
  catchFailures(core, (problem) => host.report(problem));
  try {
    const window = await openWindow(core);
    const closed = new Promise<void>((resolve) => window.once("closed", resolve));
    opening.resolve({ core, window });
    process.stdout.write(`${windowLine}\n`);
    const lost = await Promise.race([closed, ended, core.lost]);
    if (typeof lost === "string") throw new AppError({ code: "INTERNAL", message: lost, hint: seeReport });
  } finally {
    opening.reject(new Error("Bellhop did not start."));
    await endWithin(() => core.close());
    await claim.release();
  }
};

const explain = (error: unknown): void => {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof AppError ? (error.hint ?? "") : "";
  process.stderr.write(`${message}\n${hint}\n`);
  dialog.showErrorBox(
    error instanceof AppError && error.code === "INTERNAL" ? "Bellhop has ended" : "Bellhop did not start",
    `${message}\n\n${hint}`,
  );
};

run().then(
  () => app.exit(0),
  (error: unknown) => {
    explain(error);
    app.exit(2);
  },
);
