import { AppError } from "../../../shared/contract/errors";
import { sandboxNames } from "../../../shared/environment-names";
import type { SandboxDocument } from "../../../shared/model/sandbox";
import type { HandlersOf } from "../dispatcher";
import type { GuestsService } from "../guests/guests";
import type { Transfers } from "../transfers/transfers-service";
import {
  dealWithSnapshot,
  listSnapshots,
  readClock,
  readState,
  readText,
  saveSnapshot,
  writeClock,
  writeState,
  writeText,
  type DocumentName,
} from "./control-client";
import { isRunSnapshot } from "./run-snapshots";
import type { SandboxService } from "./sandbox-service";

type StateCommand = Exclude<
  keyof HandlersOf<"sandbox">,
  "sandbox.status" | "sandbox.summary" | "sandbox.start" | "sandbox.stop" | "sandbox.reset"
>;

interface CommandOptions {
  sandbox: Pick<SandboxService, "runningAddress" | "lookAgain">;
  guests: Pick<GuestsService, "forget">;
  transfers: Pick<Transfers, "offer" | "take">;
}

const reserved = (name: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${name} is a name that runs of scenarios use for themselves.`,
    hint: "Choose one that does not begin with bellhop-run.",
    field: "/name",
  });

/**
 * What a person does to a running sandbox, whichever process it is in: always through its inspection, so that there
 * is one way. Each fails with UNREACHABLE where none runs.
 */
export const createSandboxCommands = ({
  sandbox,
  guests,
  transfers,
}: CommandOptions): Pick<HandlersOf<"sandbox">, StateCommand> => {
  const address = (): Promise<string> => sandbox.runningAddress();

  const read = async (name: DocumentName): Promise<SandboxDocument> => ({
    text: await readText(await address(), name),
    warnings: [],
  });

  const write = async (name: DocumentName, text: string): Promise<SandboxDocument> => {
    const url = await address();
    const warnings = await writeText(url, name, text);
    return { text: await readText(url, name), warnings };
  };

  /** Another state knows none of the browsers of the one before, and would refuse the next event of each. */
  const forgetGuests = async (): Promise<null> => {
    await guests.forget(sandboxNames);
    return null;
  };

  return {
    "sandbox.readConfig": () => read("config"),
    async "sandbox.saveConfig"({ text }) {
      const saved = await write("config", text);
      sandbox.lookAgain();
      return saved;
    },
    "sandbox.readFaults": () => read("faults"),
    "sandbox.saveFaults": ({ text }) => write("faults", text),
    "sandbox.clock": async () => readClock(await address()),
    "sandbox.setClock": async (change) => writeClock(await address(), change),
    "sandbox.snapshots": async () => listSnapshots(await address()),
    async "sandbox.saveSnapshot"({ name }) {
      if (isRunSnapshot(name)) throw reserved(name);
      return saveSnapshot(await address(), name);
    },
    async "sandbox.restoreSnapshot"({ name }) {
      await dealWithSnapshot(await address(), "restore", name);
      return forgetGuests();
    },
    async "sandbox.removeSnapshot"({ name }) {
      await dealWithSnapshot(await address(), "remove", name);
      return null;
    },
    async "sandbox.export"() {
      const name = "sandbox-state.json";
      const stream = readState(await address());
      const ticket = transfers.offer({ stream, name, contentType: "application/json", size: null });
      return { ticket, name };
    },
    async "sandbox.import"({ ticket }) {
      const url = await address();
      const { text } = await transfers.take(ticket);
      await writeState(url, text);
      return forgetGuests();
    },
  };
};
