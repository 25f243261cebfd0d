import { expect, test } from "vitest";
import { buildEvent } from "../build-event";
import { judge, messageTypes } from "./catalog";

const environment = { channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN" };
const guest = { browserId: "browser-1", sessionId: "session-1" };

test("every example, once built, fits its catalog", () => {
  for (const catalog of ["spec", "sitecore"] as const) {
    for (const { name, example } of messageTypes(catalog)) {
      const { event } = buildEvent({ environment, catalog, messageType: name, event: example, guest });
      const { issues } = judge(event, catalog);
      expect(issues.filter(({ severity }) => severity !== "info")).toEqual([]);
    }
  }
});
