import type { Environment } from "../../../shared/model/environment";

/** An environment as the form holds it: every field is text, empty where the environment has none. */
export interface EnvironmentForm extends Pick<
  Environment,
  "name" | "colour" | "baseUrl" | "transport" | "catalog" | "production"
> {
  channel: string;
  pos: string;
  currency: string;
  language: string;
  siteId: string;
  caFile: string;
  proxy: string;
}

export type FormField = keyof EnvironmentForm;
export interface FieldProblem {
  message: string;
  /** A value that would be right, offered in one click. */
  suggestion?: string;
}
export type FormProblems = Partial<Record<FormField, FieldProblem>>;

const optionalFields = ["channel", "pos", "currency", "language", "siteId", "caFile", "proxy"] as const;

/** Fields of an environment that the form does not show and must not lose. */
type Kept = Pick<Environment, "vars">;

export const emptyForm = (): EnvironmentForm => ({
  name: "",
  colour: "slate",
  baseUrl: "https://",
  transport: "spec",
  catalog: "spec",
  channel: "WEB",
  pos: "",
  currency: "EUR",
  language: "EN",
  siteId: "",
  caFile: "",
  proxy: "",
  production: false,
});

export const toForm = (environment: Environment): EnvironmentForm => ({
  name: environment.name,
  colour: environment.colour,
  baseUrl: environment.baseUrl,
  transport: environment.transport,
  catalog: environment.catalog,
  channel: environment.channel ?? "",
  pos: environment.pos ?? "",
  currency: environment.currency ?? "",
  language: environment.language ?? "",
  siteId: environment.siteId ?? "",
  caFile: environment.caFile ?? "",
  proxy: environment.proxy ?? "",
  production: environment.production,
});

/** What is saved: trimmed, without empty fields, with what the form does not show. */
export const fromForm = (form: EnvironmentForm, kept?: Kept): Environment => {
  const texts = optionalFields.flatMap((field) => {
    const text = form[field].trim();
    return text === "" ? [] : [[field, text] as const];
  });
  return {
    name: form.name.trim(),
    colour: form.colour,
    baseUrl: form.baseUrl.trim().replace(/\/+$/, ""),
    transport: form.transport,
    catalog: form.catalog,
    production: form.production,
    vars: kept?.vars ?? {},
    ...Object.fromEntries(texts),
  };
};

export const sameForm = (one: EnvironmentForm, other: EnvironmentForm): boolean =>
  JSON.stringify(fromForm(one)) === JSON.stringify(fromForm(other));

const parseUrl = (text: string): URL | null => {
  try {
    return new URL(text.trim());
  } catch {
    return null;
  }
};

/** The origin of a base URL, or null while it is none. */
export const originOf = (baseUrl: string): string | null => {
  const origin = parseUrl(baseUrl)?.origin;
  return origin === undefined || origin === "null" ? null : origin;
};

/** Whether a credential would travel unencrypted over a network, which Bellhop refuses. */
export const isPlainHttp = (baseUrl: string): boolean => {
  const url = parseUrl(baseUrl);
  return url?.protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
};

const nameProblem = (name: string, taken: readonly string[]): FieldProblem | null => {
  if (name === "")
    return { message: "Give it a name: it stands in the switcher, the log and the command line." };
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) {
    const suggestion = name
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[^A-Za-z0-9]+|-+$/g, "")
      .slice(0, 64);
    const message =
      "A name has 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit.";
    return suggestion === "" ? { message } : { message, suggestion };
  }
  if (taken.includes(name))
    return { message: `There is an environment ${name} already. Choose another name.` };
  return null;
};

const addressProblem = (text: string, what: string): FieldProblem | null => {
  const url = parseUrl(text);
  if (!/^https?:\/\/[^/]/i.test(text.trim()) || !url) {
    const bare = text.trim().replace(/^([a-z]+:\/*|\/+)/i, "");
    const message = `${what} is http:// or https:// with a host.`;
    return /^[\w.-]+\.\w+/.test(bare) ? { message, suggestion: `https://${bare}` } : { message };
  }
  if (url.username !== "" || url.password !== "") {
    return { message: `${what} holds no user or password: a credential belongs in the vault.` };
  }
  if (url.search !== "" || url.hash !== "")
    return { message: `${what} ends with its path: no query, no fragment.` };
  return null;
};

const currencies = Intl.supportedValuesOf("currency");

const currencyProblem = (text: string): FieldProblem | null => {
  if (text === "" || currencies.includes(text)) return null;
  const message = `${text} is not an ISO 4217 code.`;
  const upper = text.toUpperCase();
  const suggestion = currencies.find((code) => code === upper || code === upper.slice(0, 3));
  return suggestion === undefined
    ? { message: `${message} It has three capital letters, such as EUR.` }
    : { message, suggestion };
};

const languageProblem = (text: string): FieldProblem | null => {
  if (text === "" || /^[A-Z]{2}$/.test(text)) return null;
  const message = "A language is two capital letters, such as EN.";
  const suggestion = /^[a-z]{2}(?![a-z])/i.exec(text)?.[0].toUpperCase();
  return suggestion === undefined ? { message } : { message, suggestion };
};

/**
 * What must be corrected before the environment can be saved.
 *
 * @param taken the names of all other environments
 */
export const checkForm = (form: EnvironmentForm, taken: readonly string[]): FormProblems => {
  const found: [FormField, FieldProblem | null][] = [
    ["name", nameProblem(form.name.trim(), taken)],
    ["baseUrl", addressProblem(form.baseUrl, "A base URL")],
    ["currency", currencyProblem(form.currency.trim())],
    ["language", languageProblem(form.language.trim())],
    ["proxy", form.proxy.trim() === "" ? null : addressProblem(form.proxy, "A proxy's address")],
  ];
  return Object.fromEntries(found.filter((pair): pair is [FormField, FieldProblem] => pair[1] !== null));
};

/** A name for a copy that no environment has yet: `eu-copy`, `eu-copy-2`. */
export const copyName = (name: string, taken: readonly string[]): string => {
  const base = `${name.slice(0, 56)}-copy`;
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(candidate)) return candidate;
  }
};
