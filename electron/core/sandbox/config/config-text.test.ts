import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencies } from "../../../../shared/catalog/currencies";
import { personalData } from "../semantics/rules";
import { configText } from "./config-text";
import { parseConfig } from "./parse-config";
import { defaultConfig, type SandboxConfig } from "./sandbox-config";

const name = fc
  .string({ minLength: 1, maxLength: 20, unit: "binary" })
  .filter((text) => /^\P{Cc}*$/u.test(text));
const milliseconds = (days: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: days * 86_400_000 }),
    fc.integer({ min: 0, max: days }).map((n) => n * 86_400_000),
  );

/** The schema library leaves these out of maps. */
const prototypeNames = new Set(["__proto__", "constructor", "prototype"]);

const rule = fc.oneof(
  name.map((provider) => ({ provider })),
  fc
    .uniqueArray(fc.constantFrom(...personalData), { minLength: 1 })
    .map((fields) => ({ personalData: fields })),
);

const configs: fc.Arbitrary<SandboxConfig> = fc
  .uniqueArray(fc.record({ name, timeout: milliseconds(366) }), {
    minLength: 1,
    maxLength: 5,
    selector: (point) => point.name,
  })
  .chain((pointsOfSale) =>
    fc.record({
      clientKey: fc.constant(defaultConfig.clientKey),
      apiToken: fc.constant(defaultConfig.apiToken),
      pointsOfSale: fc.constant(pointsOfSale),
      sites: fc
        .array(fc.tuple(name, fc.constantFrom(...pointsOfSale.map((point) => point.name))), { maxLength: 4 })
        .map((pairs) => new Map(pairs.filter(([site]) => !prototypeNames.has(site)))),
      dataModel: fc.constantFrom("2.1", "2.0"),
      identityRules: fc.array(rule, { maxLength: 5 }),
      whenNoMatch: fc.constantFrom("become-customer", "new-visitor"),
      unidentifiedOrder: fc.constantFrom("accept", "fail"),
      repeatedOrder: fc.constantFrom("fail", "accept"),
      currencies: fc.uniqueArray(fc.constantFrom(...currencies), { minLength: 1, maxLength: 40 }),
      catalog: fc.constantFrom("by-transport", "spec", "sitecore"),
      delay: milliseconds(1),
      strict: fc.boolean(),
      allowedHosts: fc.array(fc.constantFrom("cdp.test", "[::1]:80", "api.test:4680"), { maxLength: 3 }),
      quota: fc.oneof(
        fc.integer({ min: 65_536, max: 2 ** 40 }),
        fc.constantFrom(2 ** 20, 2 ** 30, 3 * 2 ** 10 * 64, 2 ** 10 * 10 ** 9),
      ),
    }),
  );

describe("the text of a configuration", () => {
  it("is read back as the same configuration, whatever it holds", () => {
    fc.assert(
      fc.property(configs, (config) => {
        expect(parseConfig(configText(config), "sandbox.yaml").config).toEqual(config);
      }),
    );
  });

  it("says every setting with a comment, and no key", () => {
    const text = configText({ ...defaultConfig, clientKey: "mine-alone", apiToken: "nobody-else" });
    expect(text).not.toMatch(/mine-alone|nobody-else|^clientKey|^apiToken/m);
    expect(text).toMatchInlineSnapshot(`
      "# What is left out goes back to its default. Only clientKey and apiToken, which are never shown, stay as
      # they are unless they are written here.

      # An event that names another one is answered 201 and dropped. A session closes after the timeout.
      pointsOfSale:
        - name: bellhop
          timeout: 30m
        - name: kiosk
          timeout: 20m

      # Site id -> point of sale: fills an empty pos on the edge paths.
      sites:
        bellhop: bellhop

      # "2.1" never identifies by personal data, "2.0" may.
      dataModel: "2.1"

      # Tried in this order, five at most: a provider, or { personalData: [email, lastName] } in 2.0.
      identityRules: [email, CRM]

      # An identifier that is on no guest yet: become-customer or new-visitor.
      whenNoMatch: become-customer

      # An order of the AsyncAPI catalog for a guest whom nothing has identified: accept or fail.
      unidentifiedOrder: accept

      # An order whose reference exists already: fail or accept.
      repeatedOrder: fail

      # all (ISO 4217), or a list such as [EUR, USD]. A price in another one counts nothing.
      currencies: all

      # Which catalog judges: by-transport, spec or sitecore.
      catalog: by-transport

      # Whether an event that its catalog calls invalid is answered 400 at once.
      strict: false

      # From the answer to the outcome.
      delay: 5ms

      # Names that requests may use beside the sandbox's own address.
      allowedHosts: []

      # How much is stored.
      quota: 1GB
      "
    `);
  });
});
