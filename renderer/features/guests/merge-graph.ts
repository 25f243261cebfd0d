import type { GuestMerge, GuestProfile } from "../../../shared/model/guest-profile";

/** A guest as it was before any of the merges, with its browsers. */
export interface GraphLane {
  ref: string;
  y: number;
  survivor: boolean;
  browsers: readonly { ref: string; y: number }[];
  /** How many more browsers there are than are drawn. */
  more: number;
}

/** Where two lines become one. */
export interface GraphJoint {
  merge: GuestMerge;
  x: number;
  y: number;
  /** The line that ends here. */
  path: string;
}

export interface MergeGraph {
  width: number;
  height: number;
  lanes: readonly GraphLane[];
  joints: readonly GraphJoint[];
  /** The surviving guest's own line, from its lane to the end. */
  trunk: string;
  end: { x: number; y: number };
  /** Merges that are too old to be drawn. */
  hidden: number;
}

const browserX = 13;
const guestX = 100;
const firstJoint = 184;
const jointStep = 32;
const laneHeight = 62;
const browserHeight = 44;
const browsersDrawn = 3;
const mergesDrawn = 5;

const curve = (fromX: number, fromY: number, toX: number, toY: number): string => {
  if (fromY === toY) return `M${fromX} ${fromY}H${toX}`;
  const bend = Math.min(56, toX - fromX);
  const start = toX - bend;
  const middle = start + bend / 2;
  return `M${fromX} ${fromY}H${start}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`;
};

const drawnLanes = (profile: GuestProfile, merges: readonly GuestMerge[]): GraphLane[] => {
  const refs = [profile.ref, ...merges.map(({ from }) => from)];
  let top = 0;
  return refs.map((ref, index) => {
    const own = profile.browsers.filter(({ movedFrom }) => (movedFrom ?? profile.ref) === ref);
    const drawn = own.slice(0, browsersDrawn);
    const height = Math.max(laneHeight, drawn.length * browserHeight + 18);
    const y = top + (drawn.length > 1 ? height / 2 - 4 : 28);
    const first = y - ((drawn.length - 1) * browserHeight) / 2;
    top += height;
    return {
      ref,
      y,
      survivor: index === 0,
      browsers: drawn.map((browser, at) => ({ ref: browser.ref, y: first + at * browserHeight })),
      more: own.length - drawn.length,
    };
  });
};

/** How the guests that became this one came together: browsers, guests, and where their lines join. */
export const layOutMerges = (profile: GuestProfile): MergeGraph => {
  // A retired guest's own merge into another is the other's to draw.
  const own = profile.merges.filter(({ from }) => from !== profile.ref);
  const merges = own.slice(-mergesDrawn);
  const lanes = drawnLanes(profile, merges);
  const last = lanes.at(-1);
  const height = (last ? Math.max(last.y, ...last.browsers.map(({ y }) => y)) : 0) + 34;
  const first = lanes[0] as GraphLane;
  const trunkY = merges.length === 0 ? first.y : (first.y + (lanes.at(-1)?.y ?? first.y)) / 2;
  // Without a merge the browsers lead straight to the guest.
  const endX =
    merges.length === 0 ? guestX - 14 : firstJoint + Math.max(merges.length - 1, 0) * jointStep + 36;
  const laneOf = new Map(lanes.map((lane) => [lane.ref, lane]));
  const joints = merges.map((merge, index) => {
    const x = firstJoint + index * jointStep;
    // A guest that retired into one that retired later: its line ends on that one's.
    const target = merge.into === profile.ref ? trunkY : (laneOf.get(merge.into)?.y ?? trunkY);
    return { merge, x, y: target, path: curve(guestX + 14, laneOf.get(merge.from)?.y ?? 0, x, target) };
  });
  const trunk = merges.length === 0 ? "" : `${curve(guestX + 14, first.y, firstJoint, trunkY)}H${endX}`;
  return {
    width: endX + 146,
    height: Math.max(height, 64),
    lanes,
    joints,
    trunk,
    end: { x: endX + 12, y: trunkY },
    hidden: own.length - merges.length,
  };
};

export const graphColumns = { browserX, guestX } as const;
