import type { PeerCertificate, TLSSocket } from "node:tls";
import type { buildConnector } from "../undici";

/** What a server's certificate says of itself. Nobody vouches for it: these are words of whoever answers there. */
export interface PresentedCertificate {
  /** `Corp Proxy CA (Corp Ltd)`; empty where it says nothing. */
  issuer: string;
  /** The hosts it is for. */
  hosts: string[];
  /** As the certificate writes it, such as `Nov 25 10:00:00 2026 GMT`. */
  validFrom: string;
  validTo: string;
}

/** Milliseconds that asking for a certificate may take: the send has failed already. */
const patience = 3_000;

const cut = (text: unknown): string =>
  String(text ?? "")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 100);

const describe = ({
  issuer,
  subjectaltname,
  valid_from,
  valid_to,
}: PeerCertificate): PresentedCertificate => {
  const name = cut(issuer?.CN);
  const organisation = cut(issuer?.O);
  const hosts = (subjectaltname ?? "")
    .split(",")
    .flatMap((entry) => /^\s*DNS:(.+)$/.exec(entry)?.[1] ?? [])
    .map(cut)
    .slice(0, 3);
  return {
    issuer: name && organisation ? `${name} (${organisation})` : name || organisation,
    hosts,
    validFrom: cut(valid_from),
    validTo: cut(valid_to),
  };
};

/**
 * Shakes hands once more to read the certificate that was not trusted, and hangs up. Nothing is sent.
 *
 * @param connect a connector that accepts every certificate, and is used for nothing else
 * @returns null where there is none to be had soon
 */
export const readCertificate = (
  connect: buildConnector.connector,
  { protocol, hostname, host, port }: URL,
): Promise<PresentedCertificate | null> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), patience);
    connect({ protocol, hostname, host, port }, (_error, socket) => {
      clearTimeout(timer);
      const certificate = (socket as TLSSocket | null)?.getPeerCertificate();
      socket?.destroy();
      resolve(certificate?.issuer ? describe(certificate) : null);
    });
  });
