import type { IncomingMessage } from "node:http";
import { isSame, type Access, type Session } from "./access-token";

/** Why a request is refused, for the person who reads the answer. */
export class Refusal extends Error {
  readonly status: number;

  constructor(message: string, status = 403) {
    super(message);
    this.status = status;
  }
}

const wayOut = "Run bellhop open (or npm start) once more and use the address that it prints.";

/** Only the exact address: a name that somebody else's DNS points here is not it. */
export const checkHost = (request: IncomingMessage, host: string): void => {
  if (request.headers.host !== host)
    throw new Refusal(`Bellhop answers to http://${host} only, not to another name of this machine.`);
};

/** A browser says where a request comes from. Pages of other sites, and of other ports, are refused. */
export const checkFetchSite = (request: IncomingMessage): void => {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none")
    throw new Refusal("This request was made by another site's page. Only Bellhop's own page may make it.");
};

export const checkOrigin = (request: IncomingMessage, host: string): void => {
  if (request.headers.origin !== `http://${host}`)
    throw new Refusal(
      "This request does not come from Bellhop's own page: its Origin is missing or foreign.",
    );
};

const cookieOf = (request: IncomingMessage, name: string): string | null => {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
};

/** The session of the request's cookie. */
export const checkCookie = (request: IncomingMessage, access: Access, cookieName: string): Session => {
  const session = access.sessionOf(cookieOf(request, cookieName));
  if (!session)
    throw new Refusal(`This browser has not been let in by Bellhop's one-time address. ${wayOut}`);
  return session;
};

/** The second key: cookies know no port, so a program on another port could have the cookie. */
export const checkKey = (session: Session, key: unknown): void => {
  if (typeof key !== "string" || !isSame(session.key, key))
    throw new Refusal(`This page does not have Bellhop's second key, only its cookie. ${wayOut}`);
};

const refusedTokens = {
  unknown: "This one-time address is not one of this Bellhop's.",
  used: "This one-time address was used already.",
  old: "This one-time address is too old: it is good for a minute.",
};

/** Lets a browser in, once. */
export const redeemToken = (request: IncomingMessage, access: Access, token: string): Session => {
  const purpose = request.headers["sec-purpose"] ?? request.headers.purpose;
  if (purpose !== undefined) throw new Refusal("A one-time address is not opened ahead of time.");
  const redemption = access.redeem(token);
  if ("refused" in redemption) throw new Refusal(`${refusedTokens[redemption.refused]} ${wayOut}`);
  return redemption.session;
};
