import { AppError } from "../../../shared/contract/errors";
import { sandboxNames } from "../../../shared/environment-names";
import type { SandboxStatus } from "../../../shared/model/sandbox";
import type { DatabaseThread } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { GuestsService } from "../guests/guests";
import type { Host } from "../host";
import type { Notifications } from "../notifications";
import type { SettingsService } from "../settings/settings-service";
import { givenAddress } from "./given-address";
import { createGuestAnnouncer } from "./guest-announcer";
import { createOwnSandbox } from "./own-sandbox";
import { isWriterAlive, readRegistration } from "./registration";
import { watchRemote } from "./watch-remote";
import {
  findSandbox,
  ingestions,
  pollOutcome,
  readSummary,
  resetSandbox,
  type RemoteSandbox,
} from "./sandbox-client";
import type { SandboxOutcome, SandboxService } from "./sandbox-service";

interface SandboxOptions {
  host: Host;
  notifications: Notifications;
  settings: SettingsService;
  thread: DatabaseThread;
  guests: Pick<GuestsService, "forget">;
}

/** What starts, stops and counts it. */
type LifeCommand = "sandbox.status" | "sandbox.summary" | "sandbox.start" | "sandbox.stop" | "sandbox.reset";

/** Milliseconds for which a look at the registered sandbox holds, so that a run does not look before each send. */
const freshFor = 1_000;

const stoppedByHand = (): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: "The sandbox was stopped by hand in Bellhop's window, so nothing was sent.",
    hint: "Start it again from the window's status bar, or run `bellhop sandbox` in another terminal.",
  });

const notRunning = (): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: "The sandbox is not running.",
    hint: "Start it, or send an event to the sandbox.",
  });

const notOurs = (url: string): AppError =>
  new AppError({
    code: "UNSUPPORTED",
    message: `The sandbox at ${url} belongs to another process.`,
    hint: "Stop it where it was started.",
  });

const elsewhere = ({ url, pointsOfSale, strict }: RemoteSandbox): SandboxStatus => {
  const { port, protocol } = new URL(url);
  return {
    state: "running",
    url,
    port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
    elsewhere: true,
    pointsOfSale,
    strict,
  };
};

/**
 * The sandbox that `--env sandbox` means: what `BELLHOP_SANDBOX_URL` names; else the live one registered in the
 * profile; else one inside this process. With a window it starts now, in the background, where the settings say so.
 */
export const createSandbox = async ({
  host,
  notifications,
  settings,
  thread,
  guests,
}: SandboxOptions): Promise<SandboxService & { handlers: Pick<HandlersOf<"sandbox">, LifeCommand> }> => {
  const hasWindow = host.sandbox === "with-window";
  // It is nobody else's, so that no other one, running or stopped, stands in for it.
  const isFresh = host.sandbox === "fresh";
  const given = (): string | null => (isFresh ? null : givenAddress(host.variables));
  let byHand = false;
  let closing = false;
  /** While it is being found out whether this process's own has to start with the window. */
  let opening = false;
  let seen: { at: number; remote: RemoteSandbox } | null = null;

  const announcer = createGuestAnnouncer((change) => notifications.say("sandbox.guestsChanged", change));

  const own = createOwnSandbox({
    profileFolder: host.profileFolder,
    thread,
    registers: hasWindow,
    inMemory: isFresh,
    // Nobody looks for a fresh one, so it leaves the known port to others.
    port: () => (isFresh ? 0 : settings.current().sandboxPort),
    report: (problem) => host.report(problem),
    onChange: () => announce(),
    onGuestsChanged: announcer.add,
  });

  const lookForRegistered = async (): Promise<RemoteSandbox | null> => {
    if (isFresh) return null;
    const registration = await readRegistration(host.profileFolder);
    if (!registration || registration.stoppedByHand) return null;
    const remote = await findSandbox(registration.url);
    return remote?.instance === registration.instance ? remote : null;
  };

  /** The live sandbox of another process on this profile. That there is none is looked up anew each time. */
  const registered = async (): Promise<RemoteSandbox | null> => {
    if (seen && Date.now() - seen.at < freshFor) return seen.remote;
    const remote = await lookForRegistered();
    seen = remote && { at: Date.now(), remote };
    return remote;
  };

  const wasStoppedByHand = async (): Promise<boolean> => {
    if (byHand) return true;
    if (isFresh) return false;
    const registration = await readRegistration(host.profileFolder);
    return registration !== null && registration.stoppedByHand && isWriterAlive(registration);
  };

  /** Where a sandbox can be asked right now; null where none runs. */
  const runningUrl = async (): Promise<string | null> =>
    given() ?? (await own.current())?.url ?? (await registered())?.url ?? null;

  const runningAddress = async (): Promise<string> => {
    const url = await runningUrl();
    if (url) return url;
    throw notRunning();
  };

  const ensureRunning = async (): Promise<string> => {
    const running = await runningUrl();
    if (running) return running;
    if (await wasStoppedByHand()) throw stoppedByHand();
    if (closing) throw notRunning();
    return (await own.start()).url;
  };

  const statusOfGiven = async (url: string): Promise<SandboxStatus> => {
    const remote = await findSandbox(url);
    if (remote) return elsewhere(remote);
    return {
      state: "failed",
      message: `No sandbox answers at ${url}, which BELLHOP_SANDBOX_URL names.`,
      hint: "Start one there, or unset the variable and restart Bellhop.",
    };
  };

  const statusOfOwn = async (): Promise<SandboxStatus> => {
    const state = own.state();
    if (state.is === "starting" || (state.is === "stopped" && opening)) return { state: "starting" };
    if (state.is === "running") {
      const { url, port, config } = state.sandbox;
      const { pointsOfSale, strict } = config.current();
      const names = pointsOfSale.map(({ name }) => name);
      return { state: "running", url, port, elsewhere: false, pointsOfSale: names, strict };
    }
    const remote = await registered();
    if (remote) return elsewhere(remote);
    if (state.is === "failed") {
      return { state: "failed", message: state.error.message, hint: state.error.hint ?? "Start it again." };
    }
    return { state: "stopped", byHand: await wasStoppedByHand() };
  };

  const status = async (): Promise<SandboxStatus> => {
    try {
      const address = given();
      return address ? await statusOfGiven(address) : await statusOfOwn();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { state: "failed", message: error.message, hint: error.hint ?? "" };
    }
  };

  const announce = (): void => {
    status()
      .then((now) => {
        if (!closing) notifications.say("sandbox.changed", { status: now });
      })
      .catch((error: unknown) => host.report(`The sandbox's state is not known: ${String(error)}`));
  };

  const outcomeOf = async (
    address: string,
    eventRef: string,
    wait: number,
  ): Promise<SandboxOutcome | null> => {
    const state = own.state();
    if (state.is !== "running" || state.sandbox.url !== address) return pollOutcome(address, eventRef, wait);
    const event = await state.sandbox.settled(eventRef, wait);
    if (!event || event.status === "PENDING") return null;
    return { ingestion: ingestions[event.status], issues: event.issues, guestRef: event.guestRef };
  };

  const start = async (): Promise<SandboxStatus> => {
    byHand = false;
    // A failure is the status that this answers.
    if (!(await runningUrl())) await own.start().catch(() => undefined);
    return status();
  };

  const stop = async (): Promise<SandboxStatus> => {
    const address = given();
    if (address) throw notOurs(address);
    const remote = (await own.current()) ? null : await registered();
    if (remote) throw notOurs(remote.url);
    byHand = true;
    await own.stop(true);
    return status();
  };

  if (hasWindow && settings.current().startSandbox) {
    // In the background, so that the window does not wait for it; what fails is in the status.
    opening = true;
    void ensureRunning()
      .catch(() => undefined)
      .then(() => {
        opening = false;
        announce();
      });
  }

  // What happens in another process's sandbox is only seen by asking, and only a window wants to see it.
  const watch = hasWindow
    ? watchRemote({
        url: async () => (own.state().is === "running" ? null : await runningUrl().catch(() => null)),
        onChange: () => announcer.add([], true),
      })
    : null;

  return {
    async address() {
      const wouldBe = `http://127.0.0.1:${settings.current().sandboxPort}`;
      // A wrong variable is no reason to show no environments; a send is refused with the reason.
      return (await runningUrl().catch(() => null)) ?? wouldBe;
    },
    ensureRunning,
    runningAddress,
    status,
    lookAgain() {
      seen = null;
      announce();
    },
    outcomeOf,
    async close() {
      closing = true;
      watch?.close();
      await own.stop(false);
      announcer.close();
    },
    handlers: {
      "sandbox.status": status,
      async "sandbox.summary"({ settle = 0 }) {
        const state = own.state();
        if (state.is === "running") return state.sandbox.summary(settle);
        return readSummary(await runningAddress(), settle);
      },
      "sandbox.start": start,
      "sandbox.stop": stop,
      async "sandbox.reset"() {
        const state = own.state();
        if (state.is === "running") await state.sandbox.reset();
        else await resetSandbox(await runningAddress());
        // An emptied sandbox knows none of its browsers, and would refuse the next event of each.
        await guests.forget(sandboxNames);
        return null;
      },
    },
  };
};
