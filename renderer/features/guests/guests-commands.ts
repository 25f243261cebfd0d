import { Braces, PanelRight, Search, StepBack, StepForward, UserRound } from "@lucide/vue";
import type { Ref } from "vue";
import { guestName, shortRef } from "../../../shared/guest-words/names";
import { useClient, useCommand, usePaletteProvider } from "../../layout";
import { useGuestHistory } from "./guest-history-store";
import { useGuestsSide } from "./guests-side";
import { useShowGuests } from "./open-guest";

const section = "Guests";
const guestsInPalette = 8;

interface Parts {
  /** Whether the view is the one that is shown. */
  visible: Readonly<Ref<boolean>>;
  inspector: Ref<boolean>;
  /** Puts the focus into the search. */
  search(): void;
}

/** Puts what the view can do into the palette and on the keyboard. */
export const useGuestsCommands = ({ visible, inspector, search }: Parts): void => {
  const history = useGuestHistory();
  const side = useGuestsSide();
  const shown = (): boolean => visible.value && side.shown === "sandbox";
  const chosen = (): boolean => shown() && history.steps.length > 0;
  useCommand(() => [
    {
      id: "guests.search",
      title: "Search guests",
      icon: Search,
      keys: "Mod+F",
      section,
      when: shown,
      run: search,
    },
    {
      id: "guests.inspector",
      title: inspector.value ? "Hide the inspector" : "Show the inspector",
      icon: PanelRight,
      keys: "Mod+J",
      section,
      when: chosen,
      run: () => {
        inspector.value = !inspector.value;
      },
    },
    {
      id: "guests.stepBack",
      title: "Step back in the guest's history",
      icon: StepBack,
      keys: "Alt+ArrowLeft",
      section,
      when: chosen,
      run: () => history.goTo(history.position - 1),
    },
    {
      id: "guests.stepOn",
      title: "Step on in the guest's history",
      icon: StepForward,
      keys: "Alt+ArrowRight",
      section,
      when: chosen,
      run: () => history.goTo(history.position + 1),
    },
    {
      id: "guests.toNewest",
      title: "Go to the newest step of the guest",
      icon: Braces,
      section,
      when: chosen,
      run: () => history.goTo(history.steps.length - 1),
    },
  ]);
};

/** Lets the palette find guests by name, e-mail, identifier or browser id; lives as long as the window. */
export const useGuestsInPalette = (): void => {
  const client = useClient();
  const history = useGuestHistory();
  const show = useShowGuests();
  usePaletteProvider({
    id: "guests",
    section: "Guests",
    prefix: { sign: "@", word: "guests" },
    search: async (query) => {
      // Without a running sandbox there is nobody to find.
      const page = await client
        .call("guests.list", { ...(query !== "" && { text: query }), offset: 0, limit: guestsInPalette })
        .catch(() => ({ rows: [] }));
      return page.rows.map((row) => ({
        id: `guest.${row.ref}`,
        title: guestName(row),
        detail: [row.guestType, row.email ?? shortRef(row.ref)].join(", "),
        icon: UserRound,
        run: () => show("sandbox", () => history.open(row.ref)),
      }));
    },
  });
};
