import type { EntryError } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { Issue } from "../../../shared/model/verdict";

type Said = Pick<Issue, "severity" | "code" | "message" | "certainty"> & { hint: string };

/**
 * What an answer of the Guest REST API means that is not a guest (Sitecore: response codes, "locate operations").
 *
 * @param status 400 or higher, or 1xx
 */
export const explainGuestRead = (status: number, { name }: Pick<Environment, "name">): Said => {
  if (status === 401) {
    return {
      severity: "error",
      code: "refused-credential",
      message: "Refused (401): the client key or the API token is wrong.",
      hint: `Compare both with Sitecore CDP's Settings > API access, and check the address of ${name}.`,
      certainty: "documented",
    };
  }
  if (status === 404) {
    return {
      severity: "info",
      code: "unknown-guest",
      message: "There is no such guest (404).",
      hint: "A reference is stale once its guest was merged: look by e-mail or identifier. If no guest is found at all, try the other version of the Guest REST API, which is a setting.",
      certainty: "documented",
    };
  }
  if (status >= 500) {
    return {
      severity: "error",
      code: "target-failed",
      message: `The target failed (${status}); nothing was changed there, because this only reads.`,
      hint: "Wait a little and read again; the answer's body may say more.",
      certainty: "documented",
    };
  }
  return {
    severity: "error",
    code: "refused",
    message: `Refused (${status}): the target did not take the request.`,
    hint: `Read the answer's body, and check the address of ${name} and what was looked for.`,
    certainty: status === 400 ? "documented" : "unverified",
  };
};

/** Failures are told of events, which may have arrived; of a read there is nothing to look for at the target. */
export const explainReadFailure = (error: EntryError): EntryError => {
  if (!/\bevent\b/i.test(error.hint)) return error;
  const setting = error.code === "TIMEOUT" ? " The time a request is given is a setting." : "";
  return {
    ...error,
    hint: `This only reads, so nothing was changed at the target, and it can be asked again.${setting}`,
  };
};
