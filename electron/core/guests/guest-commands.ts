import { AppError } from "../../../shared/contract/errors";
import type { Handler } from "../dispatcher";

type GuestCommand = "guests.list" | "guests.profile" | "guests.history" | "guests.events" | "guests.lookUp";

const notBuilt = async (): Promise<never> => {
  throw new AppError({ code: "UNSUPPORTED", message: "Not built yet." });
};

/** Reads guests: those of the sandbox through its inspection, those of a tenant through its Guest REST API. */
export const createGuestCommands = (): { [C in GuestCommand]: Handler<C> } => ({
  "guests.list": notBuilt,
  "guests.profile": notBuilt,
  "guests.history": notBuilt,
  "guests.events": notBuilt,
  "guests.lookUp": notBuilt,
});
