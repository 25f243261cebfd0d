import { expect, test } from "vitest";
import { themeFromTokens } from "./theme";

test("every colour of the editor comes from the tokens, as Monaco writes colours", () => {
  const theme = themeFromTokens(
    (token) => (token === "--pane" ? "rgb(19, 24, 26)" : "rgb(90, 206, 218)"),
    "dark",
  );
  expect(theme.base).toBe("vs-dark");
  expect(theme.colors["editor.background"]).toBe("#13181a");
  expect(Object.values(theme.colors).every((colour) => /^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(colour))).toBe(
    true,
  );
  expect(theme.rules).toContainEqual({ token: "string.key", foreground: "5aceda" });
});

test("a token that is missing does not stop the editor", () => {
  expect(themeFromTokens(() => "", "light").colors["editor.background"]).toBe("#808080");
});
