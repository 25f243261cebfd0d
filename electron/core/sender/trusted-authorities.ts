import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as tls from "node:tls";

type Variables = Readonly<Record<string, string | undefined>>;

/** Whose certificates are trusted, and where that comes from. */
export interface Authorities {
  /** One certificate each, as PEM. */
  certificates: string[];
  /** `the system's certificates (/etc/ssl/cert.pem)`; a sentence for what could not be read. */
  from: string;
  problem: string | null;
}

export type ReadTrusted = () => Promise<Authorities>;

/** Node 22.15 and later; Electron has it, too. */
type ReadStore = (kind: "bundled" | "system" | "extra") => string[];

/** Where Debian, Fedora, openSUSE, RHEL, Alpine with macOS, and OpenELEC keep all they trust in one file. */
const usualFiles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
  "/etc/pki/tls/cacert.pem",
];

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const isReadable = (pem: string): boolean => {
  try {
    return new X509Certificate(pem) !== null;
  } catch {
    return false;
  }
};

/** The certificates of a PEM text. One that cannot be read is left out: a bundle is worth more than its worst part. */
export const certificatesOf = (text: string): string[] => (text.match(block) ?? []).filter(isReadable);

const readBundle = async (file: string): Promise<string[] | null> => {
  try {
    const certificates = certificatesOf(await readFile(file, "utf8"));
    return certificates.length > 0 ? certificates : null;
  } catch {
    return null;
  }
};

const firstBundle = async (
  files: readonly string[],
): Promise<{ file: string; certificates: string[] } | null> => {
  for (const file of files) {
    const certificates = await readBundle(file);
    if (certificates !== null) return { file, certificates };
  }
  return null;
};

/**
 * Reads whom this machine trusts: what Node brings, what the operating system has, and what the person's variables name
 * (SSL_CERT_FILE, NODE_EXTRA_CA_CERTS). A company's own authority is usually in the system's.
 *
 * @param readStore how Node reads the system's store; null before Node 22.15, where the usual files are looked for
 */
export const readAuthorities = async (
  variables: Variables,
  readStore: ReadStore | null = (tls as { getCACertificates?: ReadStore }).getCACertificates ?? null,
  files: readonly string[] = usualFiles,
): Promise<Authorities> => {
  const certificates = new Set<string>(tls.rootCertificates);
  const from = ["Node's own"];
  const problems: string[] = [];
  const add = (more: readonly string[], words: string): void => {
    for (const certificate of more) certificates.add(certificate.trim());
    from.push(words);
  };

  if (readStore) add(readStore("system"), "the system's");
  else if (!variables["SSL_CERT_FILE"]) {
    const found = await firstBundle(files);
    if (found) add(found.certificates, `the system's (${found.file})`);
  }
  for (const name of ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]) {
    const file = variables[name];
    if (!file) continue;
    const found = await readBundle(file);
    if (found) add(found, `those of ${name}`);
    else problems.push(`${name} names ${file}, which holds no certificate that can be read.`);
  }
  const words = from.length === 1 ? `${from[0]} alone` : `${from.slice(0, -1).join(", ")} and ${from.at(-1)}`;
  return { certificates: [...certificates], from: words, problem: problems.join(" ") || null };
};
