import type { CheckedInputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import type { TenantGuest } from "../../../shared/model/tenant-guest";
import type { GuestApi } from "../sender/guest-api";
import type { SettingsService } from "../settings/settings-service";
import { isGuestRef, isObject, normaliseGuest, refInHref } from "./normalise-guest";
import { readAnswer } from "./tenant-answer";

export type TenantQuestion = CheckedInputOf<"guests.lookUp">;

const checkRef = (ref: string): void => {
  if (isGuestRef(ref)) return;
  throw new AppError({
    code: "INVALID_INPUT",
    message: "This is no reference of a guest: it has up to 100 letters, digits, dashes and underscores.",
    hint: "Sitecore CDP shows it in the address of a guest's profile. To look by e-mail or identifier, choose that instead.",
    field: "/by/ref",
  });
};

/** The documented search fields ("Retrieve guests"; facts §6). */
const searchOf = (by: Exclude<TenantQuestion["by"], { ref: string }>): string => {
  if ("email" in by) return `email=${encodeURIComponent(by.email)}`;
  const { provider, id } = by.identifier;
  return `identifiers.provider=${encodeURIComponent(provider)}&identifiers.id=${encodeURIComponent(id)}`;
};

/** Reads guests of tenants: a search gives addresses, and a second request the guest itself. */
export const createTenantGuests = (api: Pick<GuestApi, "ask">, settings: SettingsService) => {
  const ask = async (
    { environment, production, source = { kind: "composer" } }: TenantQuestion,
    request: { type: "guests/find" | "guests/get"; path: string; guestRef: string | null },
    signal: AbortSignal,
  ) => readAnswer(await api.ask({ environment, production, source, ...request }, signal));

  /** References of the guests that a search finds, each once. An address itself is never followed: it may lead anywhere. */
  const find = async (question: TenantQuestion, root: string, signal: AbortSignal): Promise<string[]> => {
    const { by } = question;
    if ("ref" in by) {
      checkRef(by.ref);
      return [by.ref];
    }
    const request = { type: "guests/find", path: `${root}?${searchOf(by)}`, guestRef: null } as const;
    const found = await ask(question, request, signal);
    const items = found?.["items"];
    if (!Array.isArray(items)) return [];
    return [...new Set(items.flatMap((item) => (isObject(item) && refInHref(item["href"])) || []))];
  };

  return {
    /** @returns null where there is no such guest @throws AppError as `guests.lookUp` says */
    async lookUp(question: TenantQuestion, signal: AbortSignal): Promise<TenantGuest | null> {
      const root = `/${settings.current().guestApi}/guests`;
      const [ref, ...others] = await find(question, root, signal);
      if (ref === undefined) return null;
      const path = `${root}/${encodeURIComponent(ref)}`;
      const raw = await ask(question, { type: "guests/get", path, guestRef: ref }, signal);
      if (raw === null) return null;
      const guest = normaliseGuest(raw, question.environment, ref, new Date().toISOString());
      return others.length === 0 ? guest : { ...guest, others };
    },
  };
};
