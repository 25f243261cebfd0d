import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { CommandName, InputOf, OutputOf } from "../../../shared/contract/commands";
import type { ErrorData } from "../../../shared/contract/errors";
import type { Notification } from "../../../shared/contract/messages";
import type { Environment } from "../../../shared/model/environment";
import { createCore } from "../create-core";
import type { Host } from "../host";

/** A real core on a temporary profile and workspace, without a keychain. */
export const openCore = async (variables: Record<string, string> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-sender-"));
  const profileFolder = join(folder, "profile");
  const workspaceFolder = folder;
  const problems: string[] = [];
  const host: Host = {
    version: "1.2.3",
    profileFolder,
    workspaceFolder,
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables,
    fallbackCipher: async () => null,
    sandbox: "on-demand",
    report: (problem) => problems.push(problem),
  };
  const core = await createCore(host);
  const notifications: Notification[] = [];
  core.notifications.listen((notification) => notifications.push(notification));
  let open = true;

  return {
    folder,
    profileFolder,
    workspaceFolder,
    problems,
    notifications,
    transfers: core.transfers,
    /** The value of a command, or a failed test. */
    async call<C extends CommandName>(command: C, input: InputOf<C>): Promise<OutputOf<C>> {
      const answer = await core.call(command, input);
      if (!answer.ok) throw new Error(`${command}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    /** The error of a command, or a failed test. */
    async fails<C extends CommandName>(command: C, input: InputOf<C>): Promise<ErrorData> {
      const answer = await core.call(command, input);
      if (answer.ok) throw new Error(`${command} did not fail: ${JSON.stringify(answer.value)}`);
      return answer.error;
    },
    /** A file that a person gives. @returns its ticket */
    upload: (name: string, text: string) => core.transfers.receive(name, Readable.from([Buffer.from(text)])),
    /** A file that a person takes away, or a failed test. */
    download(ticket: string): Readable {
      const file = core.transfers.open(ticket);
      if (file === null) throw new Error("There is no such download.");
      return file.stream;
    },
    /** Adds an environment of the workspace. */
    async addEnvironment(
      change: Partial<Environment> & Pick<Environment, "name" | "baseUrl">,
    ): Promise<void> {
      const environment: Environment = {
        colour: "blue",
        transport: "spec",
        catalog: "spec",
        channel: "WEB",
        pos: "shop",
        currency: "EUR",
        language: "EN",
        production: false,
        vars: {},
        ...change,
      };
      await this.call("environments.save", { environment });
    },
    async closeCore(): Promise<void> {
      if (open) await core.close();
      open = false;
    },
    async close(): Promise<void> {
      await this.closeCore();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export type OpenCore = Awaited<ReturnType<typeof openCore>>;
