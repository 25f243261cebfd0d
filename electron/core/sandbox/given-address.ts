import { AppError } from "../../../shared/contract/errors";
import { isLoopback } from "../../../shared/origin";

/**
 * The sandbox that `BELLHOP_SANDBOX_URL` names.
 *
 * @returns its origin, or null where the variable is not set
 * @throws AppError INVALID_INPUT where it is no address on this machine: the public credential and a journey's
 *   events go there without a question
 */
export const givenAddress = (variables: Readonly<Record<string, string | undefined>>): string | null => {
  const text = variables["BELLHOP_SANDBOX_URL"];
  if (text === undefined || text.trim() === "") return null;
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  const isOrigin = url?.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  if (url && isHttp && isOrigin && isLoopback(url.hostname)) return url.origin;
  throw new AppError({
    code: "INVALID_INPUT",
    message: "BELLHOP_SANDBOX_URL is not the address of a sandbox on this machine.",
    hint: "Set it to http:// or https:// with a loopback host, such as http://127.0.0.1:4680, or unset it. For another machine add an environment.",
  });
};
