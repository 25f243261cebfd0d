import { AppError, type ErrorCode } from "../../../../shared/contract/errors";
import { Refusal } from "../http/answer";
import type { Route } from "../http/router";

const statuses: { [C in ErrorCode]?: number } = {
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
};

/** Gives a route's expected failures their status; what is not expected stays the sandbox's own failure. */
export const explainErrors = (route: Route): Route => ({
  ...route,
  async answer(request, ref) {
    try {
      return await route.answer(request, ref);
    } catch (error) {
      const status = error instanceof AppError ? statuses[error.code] : undefined;
      if (!(error instanceof AppError) || status === undefined) throw error;
      const code = error.code.toLowerCase().replaceAll("_", "-");
      throw new Refusal(status, code, error.message, { developerMessage: error.hint ?? "" });
    }
  },
});
