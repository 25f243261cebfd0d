import type { ErrorCode } from "../../../shared/contract/errors";
import type { Entry } from "../../../shared/model/entry";

/** How a command ends. Scripts rely on these. */
export const exitCodes = {
  ok: 0,
  /** An invalid event or expectation, an answer other than 2xx, a failed expectation, FAILED or DROPPED. */
  failed: 1,
  /** Wrong usage, unreadable input, or no consent to send to production. */
  usage: 2,
  /** Unreachable, or no answer. */
  unreachable: 3,
  /** A credential is missing or locked away. */
  credential: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byError: Partial<Record<ErrorCode, ExitCode>> = {
  CREDENTIAL_MISSING: exitCodes.credential,
  VAULT_LOCKED: exitCodes.credential,
  UNREACHABLE: exitCodes.unreachable,
  TIMED_OUT: exitCodes.unreachable,
  CANCELLED: exitCodes.interrupted,
  INTERNAL: exitCodes.failed,
  DATABASE_FAILED: exitCodes.failed,
};

/** The exit code of a refused command: what is not named here is a matter of usage. */
export const exitCodeOfError = (code: ErrorCode): ExitCode => byError[code] ?? exitCodes.usage;

/** The exit code of what came of a request. */
export const exitCodeOfEntry = (entry: Entry): ExitCode => {
  if (entry.error && entry.response === null) {
    return entry.error.code === "ABORTED" ? exitCodes.interrupted : exitCodes.unreachable;
  }
  const status = entry.response?.status ?? 0;
  if (entry.error || status < 200 || status > 299) return exitCodes.failed;
  const lost = entry.verdict.ingestion === "failed" || entry.verdict.ingestion === "dropped";
  return lost ? exitCodes.failed : exitCodes.ok;
};
