import { timingSafeEqual } from "node:crypto";
import type { SandboxConfig } from "../config/sandbox-config";

/** Compares what a request shows with the sandbox's credential, in a time that tells no more than its length. */
export interface Credentials {
  isKey(text: unknown): boolean;
  isToken(text: unknown): boolean;
  /** Whether an `Authorization` header is `Basic base64(clientKey:apiToken)`. */
  isBasic(header: string | undefined): boolean;
}

export const createCredentials = ({ clientKey, apiToken }: SandboxConfig): Credentials => {
  const matcher = (secret: string) => {
    const expected = Buffer.from(secret);
    return (text: unknown): boolean => {
      if (typeof text !== "string") return false;
      const shown = Buffer.from(text);
      return shown.length === expected.length && timingSafeEqual(shown, expected);
    };
  };
  const isPair = matcher(`${clientKey}:${apiToken}`);
  return {
    isKey: matcher(clientKey),
    isToken: matcher(apiToken),
    isBasic(header) {
      const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? "") ?? [];
      return encoded !== undefined && isPair(Buffer.from(encoded, "base64").toString("utf8"));
    },
  };
};
