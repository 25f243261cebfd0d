import type { IncomingHttpHeaders } from "node:http";
import type { Credentials } from "./credentials";
import { Refusal } from "./answer";

/** The headers that browser SDKs send (facts: Engage, Cloud SDK, Content SDK), and Basic. */
const allowedHeaders = [
  "content-type",
  "authorization",
  "x-library-version",
  "x-client-software-id",
  "x-sitecore-contextid",
].join(", ");

/** Every page may read the Stream API's answers, errors too; the sandbox ignores cookies, so `*` gives nothing away. */
export const openToPages: Readonly<Record<string, string>> = { "access-control-allow-origin": "*" };

/** What a preflight of a stream endpoint is answered. */
export const preflightHeaders = (
  methods: string[],
  headers: IncomingHttpHeaders,
): Record<string, string> => ({
  ...openToPages,
  "access-control-allow-methods": methods.join(", "),
  "access-control-allow-headers": allowedHeaders,
  "access-control-max-age": "600",
  // A public page that posts to this machine asks for this first (Chromium's Private Network Access).
  ...(headers["access-control-request-private-network"] === "true" && {
    "access-control-allow-private-network": "true",
  }),
});

/**
 * Keeps web pages away from what they could read or reset here. Requests of tools carry neither header.
 *
 * @param credentials given where the sandbox can be reached from other machines: then Basic is needed too
 * @throws Refusal 403, 401
 */
export const guardInspection = (headers: IncomingHttpHeaders, credentials: Credentials | null): void => {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  const foreign = origin !== undefined && origin !== `http://${host}`;
  if (foreign || (site !== undefined && site !== "same-origin" && site !== "none")) {
    throw new Refusal(403, "foreign-origin", "Pages of other origins may not look into the sandbox.", {
      developerMessage:
        "Ask from a shell, or open the address itself; only the stream endpoints answer to pages.",
    });
  }
  if (credentials && !credentials.isBasic(headers.authorization)) {
    throw new Refusal(401, "unauthorized", "Reached from other machines, the sandbox needs Basic for this.", {
      developerMessage: "Send Authorization: Basic base64(clientKey:apiToken), with the values of --config.",
      headers: { "www-authenticate": 'Basic realm="sandbox", charset="UTF-8"' },
    });
  }
};
