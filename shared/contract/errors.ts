/** Every code that an answer can carry. */
export const errorCodes = [
  "UNKNOWN_COMMAND",
  "INVALID_INPUT",
  "UNSUPPORTED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "CREDENTIAL_MISSING",
  "VAULT_LOCKED",
  "CONSENT_REQUIRED",
  "UNREACHABLE",
  "WORKSPACE_INVALID",
  "DATABASE_FAILED",
  "TIMED_OUT",
  "CANCELLED",
  "CLOSED",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error as it travels. `field` is a JSON Pointer into the command's input where one field is to blame. */
export interface ErrorData {
  code: ErrorCode;
  message: string;
  hint?: string;
  field?: string;
}

/** The one error class of Bellhop's own code: a code, a sentence for people, and the way out. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly field: string | undefined;

  constructor({ code, message, hint, field }: ErrorData) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.hint = hint;
    this.field = field;
  }

  toData(): ErrorData {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint !== undefined && { hint: this.hint }),
      ...(this.field !== undefined && { field: this.field }),
    };
  }
}
