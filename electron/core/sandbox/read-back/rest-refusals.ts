import type { GuestProfile } from "../../../../shared/model/guest-profile";
import { Refusal } from "../http/answer";

/** Sitecore's page of REST response codes, which documents the fields of an error but none of its texts. */
const moreInfoUrl = "https://doc.sitecore.com/personalize/en/developers/api/response-codes.html";

const shown = (text: string): string => JSON.stringify(text.slice(0, 100));

/** 401 "The authorization details were incorrect" (Sitecore: response codes). */
export const wrongBasic = (given: boolean): Refusal =>
  new Refusal(
    401,
    "unauthorized",
    given
      ? "The client key or API token in Authorization is not this sandbox's."
      : "There is no Authorization header.",
    {
      developerMessage:
        "Send Authorization: Basic base64(clientKey:apiToken); both are `sandbox`, unless --config says otherwise.",
      headers: { "www-authenticate": 'Basic realm="sandbox", charset="UTF-8"' },
      moreInfoUrl,
    },
  );

/** 400 "The data that was sent failed validation" (Sitecore: response codes); what exactly fails is unverified. */
export const badParameter = (name: string, expected: string): Refusal =>
  new Refusal(400, "bad-query", `The query parameter ${name} is not ${expected}.`, {
    developerMessage: `Give ${name} as ${expected}, or leave it out.`,
    moreInfoUrl,
  });

/** 404 "The resource was not found" (Sitecore: response codes). */
export const notFound = (what: "guest" | "order", ref: string): Refusal =>
  new Refusal(404, "not-found", `There is no ${what} ${shown(ref)} here.`, {
    developerMessage:
      what === "guest"
        ? "Find the guest by GET /v2.1/guests?email=… or by an identifier; a reset forgets all guests."
        : "The reference of an order is the sandbox's own, not the referenceId of the event.",
    moreInfoUrl,
  });

/**
 * A reference that is stale after a merge. Unverified: facts say that "REST calls with it fail" (a comment in Sitecore's
 * Edge demo), not how.
 *
 * @param living the guest that it is by now, after the last of several merges
 */
export const retired = ({ ref, mergedInto, merges }: GuestProfile, living: string): Refusal => {
  const reason = merges.find(({ from }) => from === ref)?.reason ?? "";
  return new Refusal(
    404,
    "guest-retired",
    `Guest ${ref} is retired: it became ${mergedInto ?? living}. ${reason}`.trim(),
    {
      developerMessage: `Read ${living} instead; references that were kept from before the merge are stale.`,
      moreInfoUrl,
    },
  );
};
