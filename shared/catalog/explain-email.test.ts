import { expect, test } from "vitest";
import { explainEmail } from "./explain-email";

test.each([
  ["", "it is empty"],
  [" ada@example.com", "there is a space before it"],
  ["ada@example.com ", "there is a space after it"],
  ["ada lovelace@example.com", "it has a space in it"],
  ["not-an-email", "there is no @"],
  ["ada@lovelace@example.com", "it has more than one @"],
  ["@example.com", "nothing stands before the @"],
  ["ada@", "nothing stands after the @"],
  ["ada@lovelace", "the domain has no dot"],
  [".ada@example.com", "the part before the @ starts with a dot"],
  ["ada.@example.com", "the part before the @ ends with a dot"],
  ["ada..l@example.com", "the part before the @ has two dots in a row"],
  ["adä@example.com", "ä may not stand before the @"],
  ["ada@exämple.com", "ä may not stand in the domain"],
  ["ada@example_shop.com", "_ may not stand in the domain"],
  ["ada@example.com.", "the domain ends with a dot"],
  ["ada@-example.com", "a part of the domain starts or ends with a dash"],
])("%j: %s", (text, reason) => {
  expect(explainEmail(text)).toBe(reason);
});
