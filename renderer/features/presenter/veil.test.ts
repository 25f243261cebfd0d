import { describe, expect, it } from "vitest";
import { forAudience, veilEmail, veilPhone } from "./veil";

const on = { on: true, phoneNumbers: ["020 7946 0112"] };
const off = { on: false, phoneNumbers: [] };

describe("what an audience may read", () => {
  it.each([
    ["ada@lovelace.example", "a••@•••.example"],
    ["ada.k+shop@mail.lovelace.co.uk", "a••@•••.uk"],
    ["ada@localhost", "a••@•••"],
    ["@nobody.example", "••@•••.example"],
  ])("veils %s as %s", (address, veiled) => expect(veilEmail(address)).toBe(veiled));

  it("veils addresses wherever they stand in a sentence", () => {
    expect(forAudience('The identifier email "ada@lovelace.example" was already on guest 4f2a.', on)).toBe(
      'The identifier email "a••@•••.example" was already on guest 4f2a.',
    );
    expect(forAudience("It is ada@lovelace.example. And bob@x.example, too", on)).toBe(
      "It is a••@•••.example. And b••@•••.example, too",
    );
    expect(forAudience("The identifier email ada@… was new.", on)).toBe(
      "The identifier email a••@••• was new.",
    );
    expect(forAudience("email:ada@lovelace.example", on)).toBe("email:a••@•••.example");
  });

  it("veils phone numbers, and leaves prices, times and references of orders", () => {
    expect(veilPhone("+44 20 7946 0112")).toBe("••12");
    expect(forAudience("Call +44 20 7946 0112 or 020 7946 0112", on)).toBe("Call ••12 or ••12");
    const plain = "Order A-10293 of 5,970.00 EUR on 23 Nov 2026, 10:38:02";
    expect(forAudience(plain, on)).toBe(plain);
  });

  it("shows both while the veil is off", () => {
    const text = "ada@lovelace.example, +44 20 7946 0112";
    expect(forAudience(text, off)).toBe(text);
  });

  it("never shows a whole reference, nor what follows the path of a page", () => {
    expect(forAudience("Browser 4f2a91c0-0000-4000-8000-00000000abcd got its id.", off)).toBe(
      "Browser 4f2a got its id.",
    );
    expect(forAudience("viewed “https://ada:secret@shop.example/basket?token=abc#x”.", off)).toBe(
      "viewed “https://shop.example/basket”.",
    );
  });
});
