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

/** A key or a button that a person pressed; no script of the page can make one of these. */
const presses: ReadonlySet<string> = new Set(["mouseDown", "rawKeyDown", "keyDown", "touchStart"]);
/** Milliseconds after a press in which the page may paste: the way from a menu's item to the clipboard. */
const pasteTime = 5000;
const pressedAt = new WeakMap<WebContents, number>();

const wasPressed = (contents: WebContents | null): boolean => {
  const at = contents ? pressedAt.get(contents) : undefined;
  return at !== undefined && performance.now() - at < pasteTime;
};

/** What the page may have at any time: to copy, and the whole screen for a presentation. */
const always: ReadonlySet<string> = new Set(["clipboard-sanitized-write", "fullscreen"]);

/** It may paste, too, where a person has just pressed something. It needs nothing else of the system. */
const isAllowed = (contents: WebContents | null, permission: string, address: string): boolean =>
  isOurs(address) && (always.has(permission) || (permission === "clipboard-read" && wasPressed(contents)));

/** Denies every permission and every request that leaves the machine: the core talks to targets, the page never. */
export const restrictSession = (session: Session): void => {
  session.setPermissionRequestHandler((contents, permission, answer, details) =>
    answer(isAllowed(contents, permission, details.requestingUrl) && details.isMainFrame),
  );
  session.setPermissionCheckHandler(
    (contents, permission, origin, details) => isAllowed(contents, permission, origin) && details.isMainFrame,
  );
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
  contents.on("input-event", (_event, { type }) => {
    if (presses.has(type)) pressedAt.set(contents, performance.now());
  });
};

/** Holds for every page that this program ever makes, not only for the first. */
export const restrictAllContents = (): void => {
  app.on("web-contents-created", (_event, contents) => restrictContents(contents));
};
