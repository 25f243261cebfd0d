import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Occasion } from "./ruling";

/** Whether it is known who a guest is: a customer, or a new visitor with an identifier that a rule is for. */
export const isIdentified = ({ guestType, identifiers }: GuestProfile, { rules }: Occasion): boolean =>
  guestType === "customer" ||
  rules.identityRules.some(
    (rule) => "provider" in rule && identifiers.some(({ provider }) => provider === rule.provider),
  );
