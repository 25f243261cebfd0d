/** What may not be read from the back of a room. */
export interface Veil {
  /** Whether e-mail addresses and phone numbers are hidden. */
  on: boolean;
  /** The guest's phone numbers: a number in a sentence could as well be a price. */
  phoneNumbers: readonly string[];
}

const dots = "••";

/** `ada@lovelace.example` becomes `a••@•••.example`: whom it is, to those who know it. */
export const veilEmail = (address: string): string => {
  const at = address.lastIndexOf("@");
  const first = [...address.slice(0, at)][0] ?? "";
  const ending = /\.[^.]+$/.exec(address.slice(at + 1))?.[0] ?? "";
  return `${first}${dots}@•••${ending}`;
};

/** `+44 20 7946 0112` becomes `••12`. */
export const veilPhone = (number: string): string => `${dots}${number.replace(/\D/g, "").slice(-2)}`;

/** Whatever holds an @ is taken for an address, also where it is cut off or no good one. */
const address = /[^\s"'“”‘’<>(),;:]+@[^\s"'“”‘’<>(),;:]*[^\s"'“”‘’<>(),;:.!?]/gu;
/** Written internationally, it can be nothing else. */
const international = /\+\d[\d ()./-]{5,}\d/g;
const reference = /\b([0-9a-f]{4})[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
/** Who logs in, and everything behind a question mark: tokens travel there. */
const inAddress = /(\bhttps?:\/\/)(?:[^\s/?#@"”]*@)?([^\s?#"”]*)(?:[?#][^\s"”]*)?/gi;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const numbersIn = ({ phoneNumbers }: Veil): RegExp | null => {
  const known = phoneNumbers.filter((number) => number.length >= 4).map(escaped);
  return known.length > 0 ? new RegExp(known.sort((a, b) => b.length - a.length).join("|"), "g") : null;
};

/**
 * A text as it may be shown to an audience. References are always short, and addresses of pages always without what
 * follows the path; e-mail addresses and phone numbers are hidden while the veil is on.
 */
export const forAudience = (text: string, veil: Veil): string => {
  const plain = text.replace(inAddress, "$1$2").replace(reference, "$1");
  if (!veil.on) return plain;
  const known = numbersIn(veil);
  const veiled = plain.replace(address, veilEmail).replace(international, veilPhone);
  return known ? veiled.replace(known, veilPhone) : veiled;
};
