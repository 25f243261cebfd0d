/** What the surroundings allow, for a host that wants to show a window. */
export interface Surroundings {
  platform: NodeJS.Platform;
  variables: Readonly<Record<string, string | undefined>>;
  /** Runs as the administrator of a Unix, for whom Chromium has no sandbox. */
  isRoot: boolean;
}

/** The surroundings of this process. */
export const surroundings = (): Surroundings => ({
  platform: process.platform,
  variables: process.env,
  isRoot: process.getuid?.() === 0,
});

/** Whether a window could be seen. */
export const hasDisplay = ({ platform, variables }: Surroundings): boolean =>
  platform === "win32" ||
  platform === "darwin" ||
  Boolean(variables["DISPLAY"] || variables["WAYLAND_DISPLAY"]);

/** Whether a browser may be started: Chromium never runs without its sandbox, so not as root. */
export const canOpenBrowser = (where: Surroundings): boolean => hasDisplay(where) && !where.isRoot;
