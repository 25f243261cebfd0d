import { readFileSync, writeFileSync } from "node:fs";

/** Where the window stood, in device-independent pixels. */
export interface WindowState {
  bounds: Rectangle | null;
  maximized: boolean;
}

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const smallest = { width: 1024, height: 640 };

/** Pixels of the window's top edge that must lie on a display, so that it can be grasped and moved. */
const grip = 120;

const isRectangle = (value: unknown): value is Rectangle =>
  typeof value === "object" &&
  value !== null &&
  (["x", "y", "width", "height"] as const).every((side) => Number.isFinite((value as Rectangle)[side]));

const isReachable = ({ x, y, width }: Rectangle, areas: readonly Rectangle[]): boolean =>
  areas.some((area) => {
    const overlap = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    return overlap >= grip && y >= area.y && y <= area.y + area.height - grip;
  });

/**
 * What was remembered, as far as it still fits: a display may have gone since.
 *
 * @param areas the usable parts of the displays that there are now
 */
export const fitState = (remembered: unknown, areas: readonly Rectangle[]): WindowState => {
  const state = (
    typeof remembered === "object" && remembered !== null ? remembered : {}
  ) as Partial<WindowState>;
  const bounds = isRectangle(state.bounds) && isReachable(state.bounds, areas) ? state.bounds : null;
  return {
    bounds: bounds && {
      ...bounds,
      width: Math.max(bounds.width, smallest.width),
      height: Math.max(bounds.height, smallest.height),
    },
    maximized: state.maximized === true,
  };
};

/** Reads the file; what is missing or broken is as if nothing was remembered. */
export const readWindowState = (file: string, areas: readonly Rectangle[]): WindowState => {
  try {
    return fitState(JSON.parse(readFileSync(file, "utf8")), areas);
  } catch {
    return fitState(null, areas);
  }
};

/** Remembers. A full disk is no reason not to close the window. */
export const writeWindowState = (file: string, state: WindowState): void => {
  try {
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
  } catch {
    // The next start opens in the middle.
  }
};
