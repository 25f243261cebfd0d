import { expect, it } from "vitest";
import type { Host } from "../host";
import { createAppCommands } from "./app-commands";

const host = (changes: Partial<Host> = {}): Host => ({
  version: "1.2.3",
  profileFolder: "/home/ada/.config/bellhop",
  workspaceFolder: "/home/ada/shop journeys",
  capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
  variables: { BELLHOP_API_TOKEN_EU: "canary" },
  fallbackCipher: async () => null,
  sandbox: "on-demand",
  report: () => undefined,
  ...changes,
});
const status = { store: "memory", explanation: "Only while Bellhop runs.", credentials: 0 } as const;
const vault = { status: async () => status };

it("says what Bellhop runs as, and nothing of the process's variables", async () => {
  const info = await createAppCommands({ host: host(), vault })["app.info"]({});
  expect(info).toEqual({
    version: "1.2.3",
    profileFolder: "/home/ada/.config/bellhop",
    workspace: { folder: "/home/ada/shop journeys", name: "shop journeys" },
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    vault: status,
  });
});

it("names the root of a disk as it is", async () => {
  const { "app.info": info } = createAppCommands({ host: host({ workspaceFolder: "/" }), vault });
  expect((await info({})).workspace).toEqual({ folder: "/", name: "/" });
});

it("calls the profile's own workspace by what is in it, since nobody chose its folder", async () => {
  const nameIn = async (workspaceFolder: string): Promise<string> => {
    const commands = createAppCommands({ host: host({ workspaceFolder }), vault });
    return (await commands["app.info"]({})).workspace.name;
  };
  expect(await nameIn("/home/ada/.config/bellhop/workspace")).toBe("Sample workspace");
  // Another folder of that name is a person's.
  expect(await nameIn("/home/ada/workspace")).toBe("workspace");
});
