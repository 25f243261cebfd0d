import type { InjectionKey } from "vue";
import type { Entry } from "../../shared/model/entry";

/** Leads from an entry of the log to the guest that its event is about. */
export interface GuestOpener {
  /** Whether a guest can be shown: of the sandbox, or of a tenant that can be read. */
  leadsTo(entry: Entry): boolean;
  open(entry: Entry): Promise<void>;
}

/** Under this key `App.vue` provides what shows an entry's guest, so that the log need not import the guests. */
export const openGuestKey: InjectionKey<GuestOpener> = Symbol("open-guest");
