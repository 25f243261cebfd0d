import { nextTick } from "vue";
import type { Entry } from "../../../shared/model/entry";
import type { EnvironmentView } from "../../../shared/model/environment";
import { focusPaneNamed, useArrangement, useClient, type GuestOpener } from "../../layout";
import { useEnvironments } from "../environments";
import { guestOfEntry } from "./guest-of-entry";
import { useGuestHistory } from "./guest-history-store";
import { useGuestsSide } from "./guests-side";
import { canBeRead, useTenantGuests } from "./tenant-store";

/** Shows the view of the guests, with the focus where a person goes on. */
export const useShowGuests = (): ((
  side: "sandbox" | "tenant",
  work: () => Promise<void>,
) => Promise<void>) => {
  const arrangement = useArrangement();
  const shown = useGuestsSide();
  return async (side, work) => {
    arrangement.view = "guests";
    if (arrangement.log === "maximised") arrangement.log = "open";
    shown.shown = side;
    await work();
    await nextTick();
    focusPaneNamed("profile");
  };
};

/** Leads from an entry to its guest: on the sandbox to the step of its event, on a tenant to what the API says. */
export const useOpenGuest = (): GuestOpener => {
  const client = useClient();
  const environments = useEnvironments();
  const history = useGuestHistory();
  const tenant = useTenantGuests();
  const show = useShowGuests();

  const environmentOf = (entry: Entry): EnvironmentView | undefined => environments.byName(entry.environment);

  /** After a merge a browser belongs to the guest that stayed, so the browser leads to the right one. */
  const refOf = async ({ browserId, guestRef }: ReturnType<typeof guestOfEntry>): Promise<string | null> => {
    if (browserId === null) return guestRef;
    const { rows } = await client.call("guests.list", { text: browserId, offset: 0, limit: 20 });
    const living = rows.find(({ guestType }) => guestType !== "retired");
    return (living ?? rows[0])?.ref ?? guestRef;
  };

  return {
    leadsTo(entry) {
      const environment = environmentOf(entry);
      const found = guestOfEntry(entry);
      if (!environment || (entry.kind !== "event" && entry.kind !== "guest")) return false;
      if (environment.sandbox) return found.browserId !== null || found.guestRef !== null;
      return canBeRead(environment) && tenant.questionOf(found) !== null;
    },
    async open(entry) {
      const found = guestOfEntry(entry);
      if (!environmentOf(entry)?.sandbox) {
        const question = tenant.questionOf(found);
        return show("tenant", async () => {
          if (question) await tenant.ask(entry.environment, question);
        });
      }
      const ref = await refOf(found);
      await show("sandbox", async () => {
        if (ref !== null)
          await history.open(ref, found.eventRef === null ? undefined : { eventRef: found.eventRef });
      });
    },
  };
};
