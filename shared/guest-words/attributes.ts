import type { TenantGuest } from "../model/tenant-guest";
import { capitalised, dateWords, momentWords } from "./values";

/** What a guest of the sandbox and one of a tenant have in common. */
export type Person = Omit<TenantGuest, "environment" | "readAt" | "raw" | "others">;

/** An attribute of a guest, with its plain name. */
export interface Attribute {
  /** The field of the profile; also its place among the changes. */
  key: keyof Person;
  label: string;
  /** Its value in words; null where there is none. */
  words(person: Person): string | null;
  /** Changes with nearly every event. */
  quiet?: boolean;
}

const nonEmpty = (text: string | null): string | null => (text === null || text === "" ? null : text);
const joined = (texts: readonly string[]): string | null => nonEmpty(texts.join(", "));
const mapped = (text: string | null, words: (text: string) => string): string | null =>
  text === null || text === "" ? null : words(text);

/** The attributes in the order of their worth to a reader. */
export const attributes: readonly Attribute[] = [
  { key: "guestType", label: "Guest type", words: ({ guestType }) => nonEmpty(guestType) },
  { key: "title", label: "Title", words: ({ title }) => nonEmpty(title) },
  { key: "firstName", label: "First name", words: ({ firstName }) => nonEmpty(firstName) },
  { key: "lastName", label: "Last name", words: ({ lastName }) => nonEmpty(lastName) },
  { key: "emails", label: "E-mail", words: ({ emails }) => joined(emails) },
  { key: "phoneNumbers", label: "Phone", words: ({ phoneNumbers }) => joined(phoneNumbers) },
  { key: "dateOfBirth", label: "Born", words: ({ dateOfBirth }) => mapped(dateOfBirth, dateWords) },
  { key: "gender", label: "Gender", words: ({ gender }) => mapped(gender, capitalised) },
  { key: "language", label: "Language", words: ({ language }) => nonEmpty(language) },
  { key: "street", label: "Street", words: ({ street }) => joined(street) },
  { key: "postCode", label: "Post code", words: ({ postCode }) => nonEmpty(postCode) },
  { key: "city", label: "City", words: ({ city }) => nonEmpty(city) },
  { key: "state", label: "State", words: ({ state }) => nonEmpty(state) },
  { key: "country", label: "Country", words: ({ country }) => nonEmpty(country) },
  {
    key: "identifiers",
    label: "Identifiers",
    words: ({ identifiers }) => joined(identifiers.map(({ provider, id }) => `${provider} ${id}`)),
  },
  {
    key: "firstSeen",
    label: "First seen",
    words: ({ firstSeen }) => mapped(firstSeen, momentWords),
    quiet: true,
  },
  {
    key: "lastSeen",
    label: "Last seen",
    words: ({ lastSeen }) => mapped(lastSeen, momentWords),
    quiet: true,
  },
];
