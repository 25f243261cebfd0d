import { attributes, type Person } from "../../../shared/guest-words/attributes";
import type { ChangeLine } from "../../../shared/guest-words/change-line";
import { extensionLabel } from "../../../shared/guest-words/changes-in-words";
import type { EventMark, GuestProfile } from "../../../shared/model/guest-profile";

/** An attribute as the profile lists it. */
export interface AttributeRow {
  place: string;
  label: string;
  /** null where a step took the value away: only the old one is shown. */
  value: string | null;
  /** The change of this step, where it changed. */
  change: ChangeLine | null;
  setBy: EventMark | null;
}

const pointerPart = (text: string): string => text.replaceAll("~", "~0").replaceAll("/", "~1");

/** Who set it last: told for the attribute, for what holds it, or for a part of it. */
const markOf = (setBy: GuestProfile["setBy"], pointer: string): EventMark | null => {
  if (setBy[pointer]) return setBy[pointer];
  const inside = Object.entries(setBy).filter(([path]) => path.startsWith(`${pointer}/`));
  return inside.at(-1)?.[1] ?? null;
};

/** One line for several changes of a list, such as two new e-mails. */
const changeOf = (changes: readonly ChangeLine[], place: string): ChangeLine | null => {
  const own = changes.filter((change) => change.place === place);
  const [first] = own;
  if (!first || own.length === 1) return first ?? null;
  const words = (side: "old" | "new"): string | null =>
    own.flatMap((line) => line[side] ?? []).join(", ") || null;
  const signs = new Set(own.map(({ sign }) => sign));
  return { ...first, sign: signs.size === 1 ? first.sign : "changed", old: words("old"), new: words("new") };
};

/** The attributes that a guest has, or had before what changed them. A tenant does not say which event set each. */
export const attributeRows = (
  profile: Person & { setBy?: GuestProfile["setBy"] },
  changes: readonly ChangeLine[],
): AttributeRow[] =>
  attributes
    .map(({ key, label, words, quiet }) => ({
      place: key,
      label,
      value: words(profile),
      // The times last seen move with each event; a mark on them would say nothing.
      change: quiet ? null : changeOf(changes, key),
      setBy: markOf(profile.setBy ?? {}, `/${key}`),
    }))
    .filter(({ value, change }) => value !== null || change !== null);

/** The attributes of the data extensions. */
export const extensionRows = (profile: GuestProfile, changes: readonly ChangeLine[]): AttributeRow[] => {
  const rows = Object.entries(profile.extensions).flatMap(([extension, values]) =>
    Object.entries(values).map(([attribute, value]) => {
      const place = `extensions/${extension}/${attribute}`;
      return {
        place,
        label: extensionLabel(extension, attribute),
        value: String(value),
        change: changeOf(changes, place),
        setBy: markOf(profile.setBy, `/extensions/${pointerPart(extension)}/${pointerPart(attribute)}`),
      };
    }),
  );
  const gone = changes
    .filter(({ sign, place }) => sign === "removed" && place.startsWith("extensions/"))
    .map((change) => ({ place: change.place, label: change.label, value: null, change, setBy: null }));
  return [...rows, ...gone];
};
