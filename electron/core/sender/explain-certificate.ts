import type { EntryError } from "../../../shared/model/entry";
import { isSitecore } from "../../../shared/transports";
import type { PresentedCertificate } from "./presented-certificate";

const unknownIssuer = "its issuer is not known to this machine";

const problems: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its chain ends in an authority that this machine does not know",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "it is for another host",
  CERT_REVOKED: "it was revoked",
};

const dates = ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];

/** Whether a failure is that of a certificate, by its code. */
export const isCertificateProblem = (code: string): boolean =>
  Object.hasOwn(problems, code) || code.startsWith("CERT_") || code.startsWith("ERR_TLS_CERT");

interface CertificateContext {
  /** `host:port`. */
  place: string;
  url: URL;
  certificate: PresentedCertificate | null;
}

/** What the certificate says of itself, as far as it bears on the problem. */
const details = (code: string, certificate: PresentedCertificate | null): string => {
  if (certificate === null) return "";
  const { issuer, hosts, validFrom, validTo } = certificate;
  if (code === "CERT_HAS_EXPIRED") return ` (on ${validTo})`;
  if (code === "CERT_NOT_YET_VALID") return ` (not before ${validFrom})`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return hosts.length > 0 ? ` (${hosts.join(", ")})` : "";
  return issuer === "" ? "" : ` (${issuer})`;
};

const trustIt =
  "Have it imported into the system's certificates, or save the authority's certificate as a PEM file in the workspace and name it as the environment's certificate file.";

const whatToDo = (code: string, { url }: CertificateContext): string => {
  if (dates.includes(code))
    return "Check this machine's clock; if it is right, the server needs a new certificate.";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "Check the address. If it is right, somebody else answers in its place: a network's login page, which a browser shows, or a proxy.";
  }
  if (isSitecore({ baseUrl: url.origin })) {
    return `Sitecore's certificates are signed by a public authority, so something between looks into the connection (certificate inspection), as companies' proxies and virus scanners do. If this issuer is your company's: ${trustIt.charAt(0).toLowerCase()}${trustIt.slice(1)}`;
  }
  if (code === "DEPTH_ZERO_SELF_SIGNED_CERT") {
    return "For a test server: name its certificate as the environment's certificate file, or accept self-signed certificates in the settings.";
  }
  return `It may be your company's, which signs its own servers or looks into connections (certificate inspection). ${trustIt}`;
};

/** Says why a certificate is not trusted, and whose it is. Nothing was sent. @param message of the failure itself */
export const explainCertificate = (
  code: string,
  message: string,
  context: CertificateContext,
): EntryError => {
  const why = problems[code] ?? message.replace(/\.$/, "");
  return {
    code: "TLS",
    message: `The certificate of ${context.place} is not trusted: ${why}${details(code, context.certificate)}.`,
    hint: `Nothing was sent. ${whatToDo(code, context)}`,
  };
};
