import { describe, expect, it } from "vitest";
import { effectWords, emptyFault, faultToJson, hitWords, readFaults } from "./fault-form";

describe("a fault in the form", () => {
  it("is read from the list and goes back as it was", () => {
    const list = [
      { match: { type: "VIEW", nth: 3 }, fault: "status", status: 503, times: 1 },
      { match: { path: "/v1.2/events" }, fault: "delay", ms: 800 },
      { match: {}, fault: "reset" },
    ];
    expect(readFaults(JSON.stringify(list))?.map(faultToJson)).toEqual(list);
  });

  it("is none for a text that is no list, and an empty list for an empty text", () => {
    expect(readFaults("match: {}")).toBeNull();
    expect(readFaults("")).toEqual([]);
  });

  it("leaves out what the chosen kind does not have, and passes on what is no number", () => {
    expect(faultToJson({ ...emptyFault, fault: "reset", ms: "5", status: "503" })).toEqual({
      match: {},
      fault: "reset",
    });
    expect(faultToJson({ ...emptyFault, nth: "two" })).toMatchObject({ match: { nth: "two" } });
  });

  it("says in words what it hits and what happens", () => {
    const view = { ...emptyFault, type: "VIEW", nth: "3", times: "1" };
    expect(hitWords(view)).toBe("The 3rd VIEW");
    expect(effectWords(view)).toBe("answers with 503");
    expect(hitWords({ ...view, times: "2" })).toBe("From the 3rd VIEW on");
    expect(effectWords({ ...view, times: "2" })).toBe("answers with 503, 2 times at most");
    expect(effectWords({ ...view, nth: "" })).toBe("answers with 503, once at most");
    expect(hitWords({ ...emptyFault, path: "/v1.2/events", nth: "12" })).toBe(
      "The 12th request to /v1.2/events",
    );
    expect(hitWords(emptyFault)).toBe("Every request");
    expect(effectWords({ ...emptyFault, fault: "delay", ms: "800" })).toBe("answers later (800 ms)");
  });
});
