import { applicationPage } from "./application-address";

/** A page without scripts: whatever ended Bellhop's own page cannot end this one. Its link loads that one again. */
export const crashedPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Bellhop</title>
<style>
  :root { color-scheme: light dark; --text: #1b2327; --quiet: #465055; --accent: #8a5a00; --pane: #f4f6f6; }
  @media (prefers-color-scheme: dark) { :root { --text: #e6eaec; --quiet: #afb7bb; --accent: #f0b64c; --pane: #0d1113; } }
  body { display: grid; place-content: center; min-height: 100vh; margin: 0; padding: 24px; box-sizing: border-box;
    font: 400 13px/20px system-ui, sans-serif; color: var(--text); background: var(--pane); }
  main { max-width: 480px; }
  h1 { margin: 0 0 8px; font-size: 20px; line-height: 28px; font-weight: 600; }
  p { margin: 0 0 12px; color: var(--quiet); }
  a { display: inline-block; padding: 4px 12px; border: 1px solid currentColor; border-radius: 4px; color: var(--accent);
    text-decoration: none; font-weight: 600; }
  a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
</style>
<main>
  <h1>This window keeps failing</h1>
  <p>Its page has ended several times within a minute, so it is not loaded again by itself. The log, the drafts and what
  was typed until a moment before are saved.</p>
  <p>Error reports are kept in the folder “reports” of the profile. If loading it again does not help, restart Bellhop.</p>
  <a href="${applicationPage}" autofocus>Load it again</a>
</main>
</html>
`;

/** Stricter than the window's own: nothing runs and nothing is fetched. */
export const crashedHeaders = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
  "Content-Type": "text/html; charset=utf-8",
};
