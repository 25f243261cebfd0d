import { generate } from "selfsigned";

interface Validity {
  notBeforeDate?: Date;
  notAfterDate?: Date;
}

/** As PEM. */
interface Certificate {
  key: string;
  cert: string;
}

/** An authority that no machine knows, and the certificates it signs. */
export interface Authority {
  /** Its own certificate as PEM. */
  cert: string;
  sign(host: string, validity?: Validity): Promise<Certificate>;
}

const named = (commonName: string, organisation: string) => [
  { name: "commonName", value: commonName },
  { name: "organizationName", value: organisation },
];

export const makeAuthority = async (name: string, organisation: string): Promise<Authority> => {
  const made = await generate(named(name, organisation), {
    keySize: 2048,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    cert: made.cert,
    async sign(host, validity = {}) {
      const leaf = await generate(named(host, "A server"), {
        keySize: 2048,
        ca: { key: made.private, cert: made.cert },
        ...validity,
        extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: host }] }],
      });
      return { key: leaf.private, cert: leaf.cert };
    },
  };
};
