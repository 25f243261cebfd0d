import { describe, expect, it } from "vitest";
import { currencies } from "../../../shared/catalog/currencies";
import { currenciesOfText, personalDataWords, readConfigForm } from "./config-form";

describe("what the form shows of a configuration", () => {
  it("reads what is written", () => {
    const form = readConfigForm(`
pointsOfSale:
  - name: shop
    timeout: 25m
  - name: kiosk
identityRules:
  - provider: email
  - CRM
  - personalData: [email, lastName, shoeSize]
dataModel: "2.0"
whenNoMatch: new-visitor
repeatedOrder: accept
catalog: sitecore
currencies: [EUR, USD]
delay: 2s
strict: true
`);
    expect(form).toEqual({
      pointsOfSale: [
        { name: "shop", timeout: "25m" },
        { name: "kiosk", timeout: "30m" },
      ],
      identityRules: [{ provider: "email" }, { provider: "CRM" }, { personalData: ["email", "lastName"] }],
      dataModel: "2.0",
      whenNoMatch: "new-visitor",
      unidentifiedOrder: "accept",
      repeatedOrder: "accept",
      catalog: "sitecore",
      currencies: ["EUR", "USD"],
      delay: "2s",
      strict: true,
    });
  });

  it("knows every currency as all of them, written out or not", () => {
    expect(readConfigForm("delay: 5ms")?.currencies).toBeNull();
    expect(readConfigForm("currencies: all")?.currencies).toBeNull();
    expect(readConfigForm(JSON.stringify({ currencies: [...currencies] }))?.currencies).toBeNull();
  });

  it("is nothing for a text that is no configuration", () => {
    expect(readConfigForm("pointsOfSale: [")).toBeNull();
    expect(readConfigForm("- a list")).toBeNull();
  });

  it("takes currencies as people type them", () => {
    expect(currenciesOfText(" eur, USD;gbp\neur ")).toEqual(["EUR", "USD", "GBP"]);
  });

  it("names personal data in a row", () => {
    expect(personalDataWords(["email"])).toBe("E-mail");
    expect(personalDataWords(["firstName", "lastName", "dateOfBirth"])).toBe(
      "First name, last name and date of birth",
    );
  });
});
