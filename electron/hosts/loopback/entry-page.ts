import { createHash } from "node:crypto";

/**
 * Keeps the key where only this origin, port included, can read it, and goes on to the program. `replace` takes the
 * address with the token out of the browser's history.
 */
const script = `localStorage.setItem("bellhop-key", document.documentElement.dataset.key); location.replace("/");`;

const digest = createHash("sha256").update(script).digest("base64");

/** This page runs the one script above and nothing else. */
export const entryPagePolicy = `default-src 'none'; script-src 'sha256-${digest}'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'`;

/** The small page that answers the one-time address. @param key base64url, so that it needs no escaping */
export const entryPage = (key: string): string =>
  `<!doctype html><html lang="en" data-key="${key}"><meta charset="utf-8"><title>Bellhop</title>` +
  `<noscript>Bellhop needs JavaScript.</noscript><script>${script}</script></html>\n`;
