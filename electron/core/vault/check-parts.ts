import { AppError } from "../../../shared/contract/errors";
import { credentialParts, partWords } from "./credential-record";
import { Secret } from "./secret";
import type { NewCredential } from "./vault-service";

/** Whether a text has what cannot stand in a header, an address or a line of a prompt. */
const hasControl = (text: string): boolean =>
  [...text].some((character) => character < " " || character === "\u007f");

/**
 * Checks what a person typed or pasted, and cuts the space around it.
 *
 * @returns the parts; an empty one stands for "take it away"
 * @throws AppError INVALID_INPUT that names the part and never its text
 */
export const checkParts = (parts: NewCredential): NewCredential => {
  const given = credentialParts.flatMap((part) => {
    const secret = parts[part];
    return secret === undefined ? [] : [[part, secret.reveal().trim()] as const];
  });
  if (given.length === 0)
    throw new AppError({ code: "INVALID_INPUT", message: "No part of a credential was given." });
  for (const [part, text] of given) {
    const problem = hasControl(text)
      ? "has a line break or another control character in it: paste it again"
      : part === "clientKey" && text.includes(":")
        ? "has a colon in it, which a client key cannot: perhaps the API token was pasted with it"
        : null;
    if (problem !== null)
      throw new AppError({
        code: "INVALID_INPUT",
        message: `The ${partWords([part])} ${problem}.`,
        field: `/${part}`,
      });
  }
  return Object.fromEntries(given.map(([part, text]) => [part, new Secret(text)]));
};
