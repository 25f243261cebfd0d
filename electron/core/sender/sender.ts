import { randomUUID } from "node:crypto";
import { buildEvent } from "../../../shared/build-event";
import { judge } from "../../../shared/catalog/catalog";
import type { InputOf, RequestPreview, SendResult } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import { isSandboxName } from "../../../shared/environment-names";
import type { Entry, EntrySource } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { BuiltEvent } from "../../../shared/model/event";
import { filledOnTheWay } from "../../../shared/transports";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { EnvironmentsService } from "../environments/environments-service";
import type { GuestsService } from "../guests/guests";
import { newEntryId } from "../log/entry-id";
import type { LogService } from "../log/log-service";
import type { SandboxService } from "../sandbox/sandbox-service";
import type { SettingsService } from "../settings/settings-service";
import type { Credential, VaultService } from "../vault/vault-service";
import type { CaFiles } from "../workspace/ca-files";
import { buildEventRequest } from "./build-request";
import { issuesOfRequest, withIssues } from "./check-request";
import { checkConsent, checkDepth } from "./check-send";
import { exchangeOf, type LeavingEvent } from "./event-exchange";
import { createGuestApi } from "./guest-api";
import { createGuestCalls, type NewBrowser } from "./guest-calls";
import { guestOfEvent, guestToCome, type EventGuest } from "./guest-of-event";
import { createHttpClient } from "./http-client";
import { createLoggedExchange, inLog, type Exchange } from "./logged-exchange";
import { createRedaction, withProxyLogins } from "./redaction";
import { replayedEvent } from "./replayed-event";
import { createRunSends } from "./create-run-sends";
import { createSandboxOutcome, refOf, within } from "./sandbox-outcome";
import { createSends } from "./sends";
import { createTargets } from "./target";
import { readAuthorities } from "./trusted-authorities";

interface SenderParts {
  environments: Pick<EnvironmentsService, "get" | "hasConsent">;
  vault: Pick<VaultService, "credentialFor" | "labelFor" | "secrets">;
  log: Pick<LogService, "begin" | "announce" | "complete" | "settle" | "detail">;
  guests: GuestsService;
  sandbox: Pick<SandboxService, "address" | "ensureRunning" | "outcomeOf">;
  settings: SettingsService;
  /** Of Bellhop; it is said to the target. */
  version: string;
  /** Of the process: proxies, and files of certificates. */
  variables: Host["variables"];
  caFiles: Pick<CaFiles, "read">;
}

type Written = InputOf<"sender.preview">;

/** An event that passed all checks, and where it goes. */
interface Leaving extends Omit<LeavingEvent, "guestRef"> {
  environment: Environment;
  credential: Credential;
  guest: EventGuest | null;
  /** Milliseconds that the answer waits for what a sandbox makes of it. */
  settle: number;
}

/** For which environment a guest is asked for, and by whom. */
export interface GuestQuestion {
  environment: string;
  /** Consent from a shell: must equal the environment's name. */
  production?: string | undefined;
  source: EntrySource;
}

/** What a person does to the guest context; a new one costs a request. */
type ContextCommand = "guests.context" | "guests.new" | "guests.type";

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/**
 * Sends events, and makes the guests they come from. Every request is in the log before it leaves, every failure is
 * data in its entry, and only what keeps a request from being made is an error.
 */
export const createSender = (parts: SenderParts) => {
  const { environments, vault, log, guests, sandbox, settings, version, caFiles, variables } = parts;
  const readTrusted = once(() => readAuthorities(variables));
  const http = createHttpClient({ readTrusted });
  const redact = createRedaction(withProxyLogins(vault, variables));
  const sends = createSends();
  const targets = createTargets({ sandbox, settings, caFiles, variables, readTrusted });
  const carry = createLoggedExchange({ http, log, redact });
  const exchange = async (carried: Exchange) => inLog(await carry(carried));
  const guestCalls = createGuestCalls({ guests, targets, version, redact, exchange });
  const guestApi = createGuestApi({
    ...{ environments, vault, settings, targets, version, redact, exchange, sends },
  });
  const outcomes = createSandboxOutcome({ sandbox, log, redact, closing: sends.closing });

  const contextOf = (environment: Environment) => guests.read(environment.name, targets.place(environment));

  const build = ({ event, messageType }: Written, environment: Environment, guest: EventGuest): BuiltEvent =>
    buildEvent({ environment, catalog: environment.catalog, messageType, event, guest });

  /** The checks that every send passes, in the order of the exit codes. @throws AppError */
  const admit = async (
    name: string,
    production: string | undefined,
    transport?: Environment["transport"],
  ) => {
    const found = await environments.get(name);
    const environment = transport === undefined ? found : { ...found, transport };
    const credential = await vault.credentialFor(environment);
    await checkConsent(environments, environment, production);
    return { environment, credential };
  };

  /** A sandbox that was emptied knows its browsers no more; the next send makes a new one. */
  const forgetUnknown = async ({ response }: Entry, { environment, guest }: Leaving): Promise<void> => {
    if (response?.status !== 404 || !guest?.fromContext || !isSandboxName(environment.name)) return;
    await guests.remove(environment.name, guest.browserId);
  };

  const leave = async (leaving: Leaving, signal: AbortSignal): Promise<Entry> => {
    const { credential, guest, settle } = leaving;
    const target = await targets.reach(leaving.environment);
    const carried = exchangeOf(
      { ...leaving, guestRef: guest?.guestRef ?? null },
      target,
      credential,
      version,
    );
    const ended = await carry({ ...carried, timeout: settings.current().sendTimeout, signal });
    const { entry, body } = await inLog(ended);
    await forgetUnknown(entry, leaving);
    const ref = target.isSandbox && entry.verdict.ingestion === "accepted" ? refOf(body) : null;
    if (ref === null) return entry;
    const { name: environment, baseUrl: address } = target.environment;
    const settling = outcomes.follow({ environment, address, ref, entryId: entry.id, logged: ended.logged });
    const settled = settle === 0 ? null : await within(settling, settle);
    return settled === null ? entry : log.detail(entry.id);
  };

  const send = async (
    input: InputOf<"sender.send">,
    id: string,
    signal: AbortSignal,
  ): Promise<SendResult> => {
    checkDepth(input.event);
    const { environment, credential } = await admit(input.environment, input.production, input.transport);
    let guest = guestOfEvent(input.event, input.guest, await contextOf(environment));
    let event = build(input, environment, guest ?? guestToCome(input.guest)).event;
    let verdict = judge(event, environment.catalog, filledOnTheWay(environment));
    if (!input.allowInvalid) {
      const request = buildEventRequest(environment, event, credential, version);
      const checked = withIssues(verdict, issuesOfRequest(environment, request));
      const wrong = checked.issues.some(({ severity }) => severity === "error");
      if (wrong) return { outcome: "invalid", verdict: checked };
    }

    const { source } = input;
    if (guest === null) {
      const target = await targets.reach(environment);
      const call = { target, credential, source, timeout: settings.current().sendTimeout, signal };
      const made = await (input.guest?.fresh
        ? guestCalls.make(call)
        : guestCalls.makeOnce(call, sends.closing));
      guest = guestOfEvent(input.event, { ...input.guest, fresh: false }, made);
      event = build(input, environment, guest ?? guestToCome(input.guest)).event;
      verdict = judge(event, environment.catalog, filledOnTheWay(environment));
    }
    const settle = input.settle ?? 0;
    const leaving = { id, source, environment, credential, event, verdict, guest, settle };
    return { outcome: "sent", entry: await leave(leaving, signal) };
  };

  const credentialIfAny = async (environment: Environment): Promise<Credential | null> => {
    try {
      return await vault.credentialFor(environment);
    } catch (error) {
      if (error instanceof AppError && ["CREDENTIAL_MISSING", "VAULT_LOCKED"].includes(error.code))
        return null;
      throw error;
    }
  };

  const preview = async (input: Written): Promise<RequestPreview> => {
    checkDepth(input.event);
    const found = await environments.get(input.environment);
    const { transport = found.transport } = input;
    const environment = await targets.at({ ...found, transport });
    const credential = await credentialIfAny(environment);
    const guest = guestOfEvent(input.event, input.guest, await contextOf(environment));
    const { event, origins } = build(input, environment, guest ?? guestToCome(input.guest));
    const request = buildEventRequest(environment, event, credential, version);
    const judged = judge(event, environment.catalog, filledOnTheWay(environment));
    const verdict = withIssues(judged, issuesOfRequest(environment, request));
    const connection = await targets.describe(environment);
    // As the log would have it, so that preview and entry show the same.
    return redact({ environment: environment.name, credential }, (redactor) => ({
      event: redactor.json(event),
      origins: Object.fromEntries(
        Object.entries(origins).map(([name, origin]) => [redactor.text(name), origin]),
      ),
      method: request.method,
      url: redactor.text(request.url),
      headers: redactor.headers(request.headers),
      body: request.body === null ? null : redactor.text(request.body),
      verdict: { ...verdict, issues: verdict.issues.map(redactor.issue) },
      guestKnown: guest !== null,
      connection: {
        proxy: connection.proxy && redactor.text(connection.proxy),
        certificates: connection.certificates && redactor.text(connection.certificates),
      },
    }));
  };

  const handlers: HandlersOf<"sender"> & Pick<HandlersOf<"guests">, ContextCommand> = {
    "sender.preview": preview,
    "sender.send": (input) => {
      const id = input.id ?? newEntryId();
      return sends.run(id, (signal) => send(input, id, signal));
    },
    "sender.cancel": async ({ id }) => ({ cancelled: sends.cancel(id) }),
    "sender.resend": ({ entryId, production }) => {
      const id = newEntryId();
      return sends.run(id, async (signal) => {
        const before = await log.detail(entryId);
        const event = replayedEvent(before);
        // As it was, also where the environment's own transport is another one.
        const { environment, credential } = await admit(before.environment, production, before.transport);
        const verdict = judge(event, environment.catalog, filledOnTheWay(environment));
        const source: EntrySource = { kind: "replay", entryId };
        const context = await contextOf(environment);
        const guest = Object.hasOwn(event, "browser_id") ? guestOfEvent(event, undefined, context) : null;
        const leaving = { id, source, environment, credential, event, verdict, guest, settle: 0 };
        return { outcome: "sent", entry: await leave(leaving, signal) };
      });
    },
    "guests.context": async ({ environment }) => contextOf(await environments.get(environment)),
    "guests.new": ({ environment: name }) =>
      sends.run(randomUUID(), async (signal) => {
        const { environment, credential } = await admit(name, undefined);
        const target = await targets.reach(environment);
        const timeout = settings.current().sendTimeout;
        return guestCalls.make({ target, credential, source: { kind: "composer" }, timeout, signal });
      }),
    "guests.type": async ({ environment: name, browserId, sessionId = randomUUID() }) => {
      const environment = await environments.get(name);
      const since = new Date().toISOString();
      const context = { environment: name, browserId, sessionId, guestRef: null, typed: true, since };
      await guests.write(context, targets.place(environment));
      return context;
    },
  };

  /**
   * Asks a target for an anonymous guest, to see whether it takes the credential. It becomes the guest context only
   * where there was none: whoever tests a credential is in the middle of something.
   */
  const askForGuest = async (
    { environment: name, production, source }: GuestQuestion,
    signal: AbortSignal,
  ): Promise<NewBrowser> => {
    const { environment, credential } = await admit(name, production);
    const target = await targets.reach(environment);
    const timeout = settings.current().sendTimeout;
    const made = await guestCalls.ask({ target, credential, source, timeout, signal });
    if ((await contextOf(environment)) === null) await guestCalls.keep(made, target.environment);
    return made;
  };

  const runSends = createRunSends({
    ...{ admit, targets, guestApi, outcomes, redact, settings, sends, version },
    exchange: carry,
    askForBrowser: async (call) => {
      const { browserId, guestRef } = await guestCalls.ask(call);
      return { browserId, guestRef };
    },
  });

  return {
    handlers,
    guestApi,
    askForGuest,
    runSends,
    /** What sending many events shares with sending one: who they come from, and what is masked. */
    forBatches: {
      redact,
      guests: {
        read: (environment: string) => handlers["guests.context"]({ environment }),
        make: (environment: string) => handlers["guests.new"]({ environment }),
        forget: (environment: string, browserId: string) => guests.remove(environment, browserId),
      },
    },
    /** Aborts what is under way, and waits until every entry has its outcome. */
    async close(): Promise<void> {
      await sends.close();
      await outcomes.idle();
      await http.close();
    },
  };
};
