import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import * as v from "valibot";
import { credentialParts, type CredentialRecord } from "./credential-record";
import { Secret } from "./secret";

/**
 * The vault file, version 1:
 * magic (8 bytes) · version (1) · store of the key (1) · id of the key (16) · length of the wrapped key (2, big
 * endian) · wrapped key · nonce (12) · records as JSON under AES-256-GCM · tag (16).
 * Everything before the records is authenticated with them.
 */
const magic = Buffer.from("BELLHOPV");
const version = 1;
const storeAt = magic.length + 1;
const idAt = storeAt + 1;
const lengthAt = idAt + 16;
const wrappedAt = lengthAt + 2;
const nonceLength = 12;
const tagLength = 16;
const stores = { keychain: 1, "safe-storage": 2 } as const;

/** Where the key of a vault file is: in the keychain under its id, or wrapped by the host's cipher in the file. */
export interface KeyPlace {
  store: keyof typeof stores;
  /** 16 random bytes. */
  id: Buffer;
  /** Empty where the keychain has the key. */
  wrapped: Buffer;
}

/** Why a file cannot be read as a vault: damaged, of another program, or written with another key. */
export class UnreadableVault extends Error {}

const payloadSchema = v.object({
  records: v.array(
    v.object({
      environment: v.string(),
      origin: v.string(),
      since: v.string(),
      parts: v.object({
        clientKey: v.optional(v.string()),
        apiToken: v.optional(v.string()),
        contextId: v.optional(v.string()),
      }),
    }),
  ),
});

const toPlain = (records: readonly CredentialRecord[]): string =>
  JSON.stringify({
    records: records.map(({ environment, origin, since, parts }) => ({
      environment,
      origin,
      since,
      parts: Object.fromEntries(credentialParts.map((part) => [part, parts[part]?.reveal()])),
    })),
  });

const fromPlain = (plain: string): CredentialRecord[] =>
  v.parse(payloadSchema, JSON.parse(plain)).records.map(({ parts, ...record }) => ({
    ...record,
    parts: Object.fromEntries(
      credentialParts.flatMap((part) => {
        const text = parts[part];
        return text === undefined ? [] : [[part, new Secret(text)]];
      }),
    ),
  }));

/** Encrypts records into the bytes of a vault file, with a fresh nonce. @param key 32 bytes */
export const sealVault = (
  records: readonly CredentialRecord[],
  { store, id, wrapped }: KeyPlace,
  key: Buffer,
): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(wrapped.length);
  const nonce = randomBytes(nonceLength);
  const header = Buffer.concat([magic, Buffer.from([version, stores[store]]), id, length, wrapped, nonce]);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  cipher.setAAD(header);
  const sealed = Buffer.concat([cipher.update(toPlain(records), "utf8"), cipher.final()]);
  return Buffer.concat([header, sealed, cipher.getAuthTag()]);
};

/** Says where the key of a vault file is. @throws UnreadableVault */
export const readKeyPlace = (file: Buffer): KeyPlace => {
  if (file.length < wrappedAt || !file.subarray(0, magic.length).equals(magic))
    throw new UnreadableVault("it is not a vault of Bellhop, or it is cut off");
  if (file[magic.length] !== version)
    throw new UnreadableVault(
      `it has format ${file[magic.length]}, and this Bellhop reads format ${version}`,
    );
  const store = file[storeAt] === stores.keychain ? "keychain" : "safe-storage";
  const end = wrappedAt + file.readUInt16BE(lengthAt);
  if (file[storeAt] !== stores[store] || (store === "safe-storage") !== end > wrappedAt)
    throw new UnreadableVault("it is damaged");
  return { store, id: file.subarray(idAt, lengthAt), wrapped: file.subarray(wrappedAt, end) };
};

/** Decrypts a vault file. @param key 32 bytes @throws UnreadableVault where a byte was changed or the key is another */
export const openVault = (file: Buffer, key: Buffer): CredentialRecord[] => {
  const nonceAt = wrappedAt + file.readUInt16BE(lengthAt);
  const sealedAt = nonceAt + nonceLength;
  if (file.length < sealedAt + tagLength) throw new UnreadableVault("it is cut off");
  try {
    const nonce = file.subarray(nonceAt, sealedAt);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
    decipher.setAAD(file.subarray(0, sealedAt));
    decipher.setAuthTag(file.subarray(file.length - tagLength));
    const plain = decipher.update(file.subarray(sealedAt, file.length - tagLength));
    return fromPlain(Buffer.concat([plain, decipher.final()]).toString("utf8"));
  } catch {
    throw new UnreadableVault("it is damaged, or was written with another key");
  }
};
