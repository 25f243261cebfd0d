import { AppError } from "../../../shared/contract/errors";
import type { JsonObject } from "../../../shared/model/json";
import type { GuestApiAnswer } from "../sender/guest-api";
import { isObject } from "./normalise-guest";

const unusable = (environment: string, status: number): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: `${environment} answered ${status}, but not with what the Guest REST API answers.`,
    hint: "The log has the answer. A login page means that a proxy or the network stands between; check the environment's address.",
  });

/**
 * The object that a tenant answered with.
 *
 * @returns null for 404: there is none
 * @throws AppError CANCELLED; FORBIDDEN for 401 and 403; UNREACHABLE where there is no usable answer
 */
export const readAnswer = ({ entry, body }: GuestApiAnswer): JsonObject | null => {
  const { environment, error, response, verdict } = entry;
  if (error?.code === "ABORTED") {
    throw new AppError({ code: "CANCELLED", message: "Reading the guest was cancelled." });
  }
  if (error) {
    const message = `The guest could not be read. ${error.message}`;
    throw new AppError({ code: "UNREACHABLE", message, hint: error.hint });
  }
  const status = response?.status ?? 0;
  if (status === 404) return null;
  if (status >= 200 && status < 300) {
    if (body !== null && isObject(body)) return body;
    throw unusable(environment, status);
  }
  const [reason] = verdict.issues;
  throw new AppError({
    code: status === 401 || status === 403 ? "FORBIDDEN" : "UNREACHABLE",
    message: `The guest could not be read. ${reason?.message ?? `${environment} answered ${status}.`}`,
    ...(reason?.hint !== undefined && { hint: reason.hint }),
  });
};
