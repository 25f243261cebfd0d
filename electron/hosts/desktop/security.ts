/** Electron's security checklist (electronjs.org/docs/latest/tutorial/security), as far as it is code. */
import { app, type Session, type WebContents, type WebPreferences } from "electron";
import { isOurs } from "./application-address";

/** Points 2 to 6 and 8 to 11 of the checklist: what a page of ours cannot do, whatever it runs. */
export const webPreferences = (preload: string, session: Session): WebPreferences => ({
  preload,
  session,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // The dictionaries would be downloaded.
  spellcheck: false,
});

/** What the page asks the system for: to copy, and the whole screen for a presentation. */
const allowed: ReadonlySet<string> = new Set(["clipboard-sanitized-write", "fullscreen"]);
const isAllowed = (permission: string, address: string): boolean =>
  allowed.has(permission) && isOurs(address);

/** Denies every permission and every request that leaves the machine: the core talks to targets, the page never. */
export const restrictSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isAllowed(permission, details.requestingUrl) && details.isMainFrame),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(
    { urls: ["http://*/*", "https://*/*", "ws://*/*", "wss://*/*", "file://*/*", "ftp://*/*"] },
    (_details, answer) => answer({ cancel: true }),
  );
};

const restrictContents = (contents: WebContents): void => {
  // Nothing in the window leads outside.
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  for (const event of ["will-navigate", "will-redirect", "will-frame-navigate"] as const)
    contents.on(event as "will-frame-navigate", (details) => {
      if (!details.isMainFrame || !isOurs(details.url)) details.preventDefault();
    });
  contents.on("will-attach-webview", (event) => event.preventDefault());
};

/** Holds for every page that this program ever makes, not only for the first. */
export const restrictAllContents = (): void => {
  app.on("web-contents-created", (_event, contents) => restrictContents(contents));
};
