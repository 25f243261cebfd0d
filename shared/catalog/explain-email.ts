const localCharacters = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]*$/i;
const domainCharacters = /^[a-z0-9.-]*$/i;
const firstOther = (text: string, allowed: RegExp): string =>
  [...text].find((character) => !allowed.test(character)) ?? "";

/**
 * Why a text is not an e-mail address, as the end of a sentence. What counts as one is the `email` format of the
 * specification as ajv-formats' full mode reads it: `name@domain`, where the domain has at least one dot. So
 * `ada@lovelace` and `not-an-email` are errors.
 */
export const explainEmail = (text: string): string => {
  if (text === "") return "it is empty";
  if (text.trim() !== text) return `there is a space ${text.trimStart() === text ? "after" : "before"} it`;
  if (/\s/.test(text)) return "it has a space in it";
  const [local = "", domain, ...more] = text.split("@", 3);
  if (domain === undefined) return "there is no @";
  if (more.length > 0) return "it has more than one @";
  return explainLocal(local) ?? explainDomain(domain) ?? "it is not written as name@example.com";
};

const explainLocal = (local: string): string | undefined => {
  if (local === "") return "nothing stands before the @";
  if (!localCharacters.test(local)) return `${firstOther(local, localCharacters)} may not stand before the @`;
  return explainDots(local, "the part before the @");
};

const explainDomain = (domain: string): string | undefined => {
  if (domain === "") return "nothing stands after the @";
  if (!domainCharacters.test(domain))
    return `${firstOther(domain, domainCharacters)} may not stand in the domain`;
  if (!domain.includes(".")) return "the domain has no dot";
  if (/(^|\.)-|-(\.|$)/.test(domain)) return "a part of the domain starts or ends with a dash";
  return explainDots(domain, "the domain");
};

const explainDots = (text: string, part: string): string | undefined => {
  if (text.startsWith(".")) return `${part} starts with a dot`;
  if (text.endsWith(".")) return `${part} ends with a dot`;
  return text.includes("..") ? `${part} has two dots in a row` : undefined;
};
