import type {
  GuestEvent,
  GuestHistoryItem,
  GuestOrder,
  GuestProfile,
  GuestRow,
  GuestType,
} from "../../../../shared/model/guest-profile";

/** What a reader looks for; what is absent does not narrow. */
export interface GuestSearch {
  /** Part of a name, e-mail, identifier, browser id or reference, in any case. */
  text?: string;
  type?: GuestType;
}

/** Exact values (an e-mail in any case), as the Guest REST API finds guests; retired guests are not found. */
export interface GuestCriteria {
  email?: string;
  firstName?: string;
  lastName?: string;
  phoneNumber?: string;
  identifier?: { provider: string; id: string };
  browserRef?: string;
}

/** Reads guests and their past. A reference that nobody has gives null. */
export interface GuestReader {
  /** Last seen first. */
  list(search: GuestSearch, offset: number, limit: number): Promise<{ rows: GuestRow[]; total: number }>;
  find(
    criteria: GuestCriteria,
    order: "oldest-first" | "newest-first",
    offset: number,
    limit: number,
  ): Promise<{ profiles: GuestProfile[]; total: number }>;
  profile(ref: string): Promise<GuestProfile | null>;
  /** As it was after a step of its history (a `seq` of `history`), or after an event. */
  profileAt(ref: string, place: { seq: number } | { eventRef: string }): Promise<GuestProfile | null>;
  /** Steps behind `after`, oldest first, those of the guests that became this one included. */
  history(
    ref: string,
    after: number,
    limit: number,
  ): Promise<{ items: GuestHistoryItem[]; next: number | null; total: number } | null>;
  /** The events of this guest and of those that became it, oldest first, whatever became of them. */
  events(
    ref: string,
    after: number,
    limit: number,
  ): Promise<{ items: GuestEvent[]; next: number | null } | null>;
  order(ref: string): Promise<{ order: GuestOrder; guestRef: string } | null>;
}
