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
  openExternal: async () => undefined,
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

it("opens a link in the system's browser", async () => {
  const opened: string[] = [];
  const openExternal = async (url: string): Promise<void> => void opened.push(url);
  const { "app.openLink": openLink } = createAppCommands({ host: host({ openExternal }), vault });
  expect(await openLink({ url: "https://bellhop.example/docs" })).toBeNull();
  expect(opened).toEqual(["https://bellhop.example/docs"]);
});

it("gives the address to open by hand where there is no browser", async () => {
  const problems: string[] = [];
  const openExternal = async (): Promise<void> => {
    throw new Error("spawn xdg-open ENOENT");
  };
  const commands = createAppCommands({
    host: host({ openExternal, report: (problem) => void problems.push(problem) }),
    vault,
  });
  await expect(commands["app.openLink"]({ url: "https://bellhop.example/docs" })).rejects.toMatchObject({
    code: "UNSUPPORTED",
    hint: expect.stringContaining("https://bellhop.example/docs") as string,
  });
  expect(problems.join()).toContain("ENOENT");
});
