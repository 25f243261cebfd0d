import { describe, expect, it } from "vitest";
import { portHint, readPort } from "./port-words";

describe("the sandbox's port", () => {
  it.each([
    ["4680", 4680],
    ["65535", 65535],
    ["0", null],
    ["65536", null],
    ["46 80", null],
    ["-1", null],
    ["", null],
  ])("reads “%s” as %s", (text, port) => expect(readPort(text)).toBe(port));

  it("says where the sandbox listens while that is another port", () => {
    expect(portHint(4690, 4680)).toContain("4680 until it is started again");
    expect(portHint(4690, 4690)).toContain("tries first");
    expect(portHint(4690, null)).toContain("tries first");
  });
});
