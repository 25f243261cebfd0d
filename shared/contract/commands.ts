import * as v from "valibot";
import type { Batch, BatchFlaw } from "../model/batch";
import type { Draft, DraftTemplate } from "../model/draft";
import type { ErrorData } from "./errors";
import { exportFormats, type Entry, type EntryRow } from "../model/entry";
import type { CredentialTest } from "../model/credential-test";
import type { ExportedEnvironments, ImportedEnvironment } from "../model/environment-exchange";
import type { CredentialRecordView, EnvironmentView, VaultStatus } from "../model/environment";
import type { BuiltEvent } from "../model/event";
import type { GuestContext } from "../model/guest";
import {
  guestTypes,
  type GuestEvent,
  type GuestHistoryItem,
  type GuestProfile,
  type GuestRow,
} from "../model/guest-profile";
import type { JsonObject, JsonValue } from "../model/json";
import type { Notice, ReportRow } from "../model/notice";
import type { Forecast, NextEvent, RunComparison, RunSummary, StepResult } from "../model/run";
import type {
  SandboxClock,
  SandboxDocument,
  SandboxSnapshot,
  SandboxStatus,
  SandboxSummary,
} from "../model/sandbox";
import type {
  ExportedScenario,
  ScenarioIssue,
  ScenarioReading,
  ScenarioTemplate,
  ScenarioText,
  WorkspaceFileRow,
} from "../model/scenario";
import { guestApiVersions, type Settings } from "../model/settings";
import type { AwaitedChange, TenantGuest } from "../model/tenant-guest";
import type { Verdict } from "../model/verdict";
import * as inputs from "./inputs";

/** What the renderer asks of a host instead of asking which host it is. */
/** Rows of a data file, as text, with the columns' names and types. */
export interface DataPage {
  columns: { name: string; type: "string" | "number" | "integer" | "boolean" | "json" }[];
  rows: string[][];
  total: number;
}

export interface Capabilities {
  /** A native dialog can choose a folder or file. */
  nativeDialogs: boolean;
  /** Closing the window ends Bellhop. */
  windowEndsApp: boolean;
  /** The host draws the window's buttons and the application menu. */
  nativeMenu: boolean;
}

export interface AppInfo {
  version: string;
  profileFolder: string;
  workspace: { folder: string; name: string };
  capabilities: Capabilities;
  vault: VaultStatus;
}

/** A request exactly as it would leave, secrets masked. */
export interface RequestPreview extends BuiltEvent {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** The body's text; null where the transport has none. */
  body: string | null;
  verdict: Verdict;
  /** False while the guest context would first be made by the send. */
  guestKnown: boolean;
  /** How it would get there, in words: through which proxy, and whose certificates are trusted. */
  connection: ConnectionWords;
}

/** Sentences on how a request gets to its target. */
export interface ConnectionWords {
  /** Null for a direct connection. */
  proxy: string | null;
  /** Null for plain http. */
  certificates: string | null;
}

/** An event was sent and its entry is in the log, or it was not because its catalog calls it invalid. */
export type SendResult = { outcome: "sent"; entry: Entry } | { outcome: "invalid"; verdict: Verdict };

interface Command<I extends v.GenericSchema, O> {
  input: I;
  /** Only a type: the core's own answers are not checked again. */
  output?: O;
}

const answers =
  <O>() =>
  <I extends v.GenericSchema>(input: I): Command<I, O> => ({ input });

const nothing = v.strictObject({});

const guestOverride = v.strictObject({
  browserId: v.optional(v.pipe(v.string(), v.maxLength(200))),
  sessionId: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** Make a new guest first. */
  fresh: v.optional(v.boolean()),
});

/** What is to be built: the event as written, for a message type, in an environment. */
const eventInput = {
  environment: inputs.environmentName,
  /** The message type (`VIEW`, `CUSTOM`, or a custom event's own name); fills an absent `type`. */
  messageType: v.optional(v.pipe(v.string(), v.maxLength(200))),
  event: inputs.jsonObject,
  guest: v.optional(guestOverride),
  /** Instead of the environment's own. */
  transport: v.optional(inputs.transport),
};

/** A draft, or a template of one. */
const draftInput = {
  id: inputs.id,
  name: v.pipe(v.string(), v.maxLength(200)),
  messageType: v.pipe(v.string(), v.maxLength(200)),
  text: v.pipe(v.string(), v.maxLength(20_000_000)),
};

const sandboxText = v.strictObject({ text: v.pipe(v.string(), v.maxLength(1_000_000)) });

const snapshotName = v.strictObject({
  name: v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^[^\p{Cc}]{1,80}$/u, "A snapshot's name has 1 to 80 characters, and no control characters."),
  ),
});

/** The `seq` of a step of a guest's history, or of an event. */
const historyPlace = v.pipe(v.number(), v.integer(), v.minValue(0));

const tenantText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300));

/** Which guest of a tenant is meant, and how its request goes. */
const tenantQuestion = {
  environment: inputs.environmentName,
  by: v.union([
    v.strictObject({ ref: tenantText }),
    v.strictObject({ email: tenantText }),
    v.strictObject({ identifier: v.strictObject({ provider: tenantText, id: tenantText }) }),
  ]),
  /** Consent from a shell: must equal the environment's name. */
  production: v.optional(v.string()),
  /** Who asks, for the log; without it, a person in the window. */
  source: v.optional(inputs.entrySource),
};

const table = {
  "app.info": answers<AppInfo>()(nothing),

  /** `default` is the workspace's own, else `sandbox`; `problem` is what is wrong with the workspace file. */
  "environments.list": answers<{
    environments: EnvironmentView[];
    selected: string;
    default: string;
    problem: ErrorData | null;
  }>()(nothing),
  "environments.select": answers<null>()(v.strictObject({ name: inputs.environmentName })),
  /**
   * Adds (`replaces` absent) or changes an environment of the workspace; a changed name is a rename. `expected` is what
   * it was when the change was begun: CONFLICT (`/expected`) where the file says something else by now.
   */
  "environments.save": answers<EnvironmentView>()(
    v.strictObject({
      environment: inputs.environmentInput,
      replaces: v.optional(inputs.environmentName),
      expected: v.optional(inputs.environmentInput),
    }),
  ),
  "environments.copy": answers<EnvironmentView>()(
    v.strictObject({ from: inputs.environmentName, name: inputs.environmentName }),
  ),
  /** Environments of the workspace (all, where none is named) as a file; what may be a secret is left out and named. */
  "environments.export": answers<ExportedEnvironments>()(
    v.strictObject({
      names: v.optional(v.pipe(v.array(inputs.environmentName), v.maxLength(5000))),
      format: v.picklist(["yaml", "json"]),
    }),
  ),
  /** What importing an uploaded file would add and change. Changes nothing. INVALID_INPUT with line and column. */
  "environments.readImport": answers<{ name: string; items: ImportedEnvironment[] }>()(
    v.strictObject({ ticket: v.pipe(v.string(), v.maxLength(200)) }),
  ),
  /**
   * Adds environments; with `expected`, what stands under the name, replaces it. All or none: CONFLICT where a name is
   * taken, or the file says something else by now.
   */
  "environments.import": answers<EnvironmentView[]>()(
    v.strictObject({
      items: v.pipe(
        v.array(
          v.strictObject({
            environment: inputs.environmentInput,
            expected: v.optional(inputs.environmentInput),
          }),
        ),
        v.minLength(1),
        v.maxLength(5000),
      ),
    }),
  ),
  "environments.remove": answers<null>()(v.strictObject({ name: inputs.environmentName })),
  /**
   * A person agrees to send to a production environment at the address that was shown; holds until Bellhop closes or
   * the environment's address, proxy or CA file changes. CONFLICT where the address is another by now.
   */
  "environments.consent": answers<null>()(
    v.strictObject({ name: inputs.environmentName, baseUrl: v.pipe(v.string(), v.maxLength(2000)) }),
  ),

  "credentials.set": answers<EnvironmentView>()(
    v.strictObject({
      environment: inputs.environmentName,
      clientKey: v.optional(inputs.secretText),
      apiToken: v.optional(inputs.secretText),
      contextId: v.optional(inputs.secretText),
    }),
  ),
  /** A person confirms that a credential entered for another origin may go to `origin`, the status's `wanted`. */
  "credentials.confirmOrigin": answers<EnvironmentView>()(
    v.strictObject({ environment: inputs.environmentName, origin: v.pipe(v.string(), v.maxLength(10_000)) }),
  ),
  /** Forgets it; null where the environment itself is gone and only its credential was left. */
  "credentials.remove": answers<EnvironmentView | null>()(
    v.strictObject({ environment: inputs.environmentName }),
  ),
  /**
   * Asks the target whether it takes the credential: by a read of the Guest API where there is an API token, else by a
   * browser call, which creates one anonymous guest and needs `createsGuest` (CONSENT_REQUIRED, `/createsGuest`). A
   * production environment asks as a send does; `production` is consent to this test alone. What goes wrong on the way
   * is the outcome, and each call an entry of the log. `sender.cancel` with `id` ends it: CANCELLED.
   */
  "credentials.test": answers<CredentialTest>()(
    v.strictObject({
      environment: inputs.environmentName,
      createsGuest: v.optional(v.boolean()),
      production: v.optional(v.string()),
      source: v.optional(inputs.entrySource),
      id: v.optional(inputs.id),
    }),
  ),
  /** Every credential of the vault, those of other workspaces and of removed environments too. */
  "credentials.list": answers<CredentialRecordView[]>()(nothing),

  "guests.context": answers<GuestContext | null>()(v.strictObject({ environment: inputs.environmentName })),
  /** Asks the target for a new browser and keeps it; a failed call is an UNREACHABLE error and an entry of the log. */
  "guests.new": answers<GuestContext>()(v.strictObject({ environment: inputs.environmentName })),
  "guests.type": answers<GuestContext>()(
    v.strictObject({
      environment: inputs.environmentName,
      browserId: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
      sessionId: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
    }),
  ),

  /** The sandbox's guests, last seen first. `text` looks in names, e-mails, identifiers, browser ids and references. */
  "guests.list": answers<{ rows: GuestRow[]; total: number }>()(
    v.strictObject({
      text: v.optional(v.pipe(v.string(), v.maxLength(200))),
      type: v.optional(v.picklist(guestTypes)),
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
    }),
  ),
  /** A profile of the sandbox as it is now, or as it was after a step of its history. */
  "guests.profile": answers<GuestProfile>()(v.strictObject({ ref: inputs.id, at: v.optional(historyPlace) })),
  /** The steps of a guest's history behind `after`, those of the guests that became this one included. */
  "guests.history": answers<{ items: GuestHistoryItem[]; next: number | null; total: number }>()(
    v.strictObject({
      ref: inputs.id,
      after: v.optional(historyPlace),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
  ),
  /** A guest's events in the order of their acceptance, whatever became of them. */
  "guests.events": answers<{ items: GuestEvent[]; next: number | null }>()(
    v.strictObject({
      ref: inputs.id,
      after: v.optional(historyPlace),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
  ),
  /**
   * Reads a guest of a tenant through its Guest REST API; each request is an entry of the log. Null where there is no
   * such guest. CREDENTIAL_MISSING without an API token; FORBIDDEN where the tenant refuses the credential;
   * UNREACHABLE where there is no usable answer.
   */
  "guests.lookUp": answers<TenantGuest | null>()(v.strictObject(tenantQuestion)),
  /**
   * Long work: asks after 1, 2, 4, 8 and then every 10 seconds until the guest is another than `since`, for `within`
   * milliseconds at most; `guests.awaiting` says how it goes. CANCELLED where it was stopped. Other errors as
   * `guests.lookUp`; one that may pass is the end only when it is still there at the last question.
   */
  "guests.awaitChange": answers<AwaitedChange>()(
    v.strictObject({
      ...tenantQuestion,
      /** To stop it by. */
      id: inputs.id,
      /** The `raw` of the guest as it was before; null where there was none. */
      since: v.nullable(inputs.jsonObject),
      within: v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(120_000)),
    }),
  ),
  /** @returns whether there was something to stop */
  "guests.stopAwaiting": answers<{ stopped: boolean }>()(v.strictObject({ id: inputs.id })),

  "sender.preview": answers<RequestPreview>()(v.strictObject(eventInput)),
  "sender.send": answers<SendResult>()(
    v.strictObject({
      ...eventInput,
      /** The id of the entry to come, so that it can be cancelled before it is answered. */
      id: v.optional(inputs.id),
      source: inputs.entrySource,
      /** Send an event that its catalog calls invalid all the same. */
      allowInvalid: v.boolean(),
      /** Consent from a shell: must equal the environment's name. */
      production: v.optional(v.string()),
      /** Milliseconds to wait for the sandbox's outcome before answering; 0 answers at once. */
      settle: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(600_000))),
    }),
  ),
  /** @returns whether there was something to cancel */
  "sender.cancel": answers<{ cancelled: boolean }>()(v.strictObject({ id: inputs.id })),
  /** Sends the payload of an entry again, as it was, to the environment it went to. */
  "sender.resend": answers<SendResult>()(
    v.strictObject({ entryId: inputs.id, production: v.optional(v.string()) }),
  ),

  /**
   * A page of rows in falling `seq`, or in rising order from `after`.
   * `total` counts what fits the filter; `revision` is the highest in the log at that moment; `removals` rises when
   * entries are removed or come back.
   */
  "log.query": answers<{ rows: EntryRow[]; total: number; revision: number; removals: number }>()(
    v.strictObject({
      filter: v.optional(inputs.logFilter),
      /** Rows with a `seq` below this one, newest first. */
      before: v.optional(v.number()),
      /** Rows with a `seq` above this one, oldest first. */
      after: v.optional(v.number()),
      /** Rows from this position of the newest-first order. */
      offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      /** Rows from this position of the oldest-first order on; it stays the same row while others come. */
      position: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
  ),
  /** Rows that changed since a revision, in rising revision; `complete` is false when more follow. */
  "log.since": answers<{ rows: EntryRow[]; revision: number; complete: boolean }>()(
    v.strictObject({
      revision: v.number(),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000)),
    }),
  ),
  /** `longest`: bodies with more characters come without what is in them (`leftOut`). */
  "log.detail": answers<Entry>()(
    v.strictObject({
      id: inputs.id,
      longest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
  ),
  /** The environments and types that occur in the log, for its filters. */
  "log.facets": answers<{ environments: string[]; types: string[] }>()(nothing),
  /** A ticket for entries as a file, the oldest first: HAR 1.2, NDJSON, CSV, or curl commands for a shell. */
  "log.export": answers<{ ticket: string; name: string }>()(
    v.strictObject({ filter: inputs.logFilter, format: v.picklist(exportFormats) }),
  ),
  /**
   * Takes entries out of the log that have an outcome. They are hidden from every reader at once and deleted when
   * `until` has passed or this process ends.
   */
  "log.remove": answers<{ removal: string; entries: number; until: string }>()(
    v.strictObject({ filter: inputs.logFilter }),
  ),
  /** Brings them back. NOT_FOUND where it is too late. */
  "log.restore": answers<{ entries: number }>()(v.strictObject({ removal: inputs.id })),
  /** How large the log is, and what of it would go with this retention (0 keeps everything). Bytes are the database's. */
  "log.usage": answers<{
    entries: number;
    bytes: number;
    oldest: string | null;
    excess: { entries: number; newest: string | null };
  }>()(v.strictObject({ keepDays: inputs.keptDays, keepMegabytes: inputs.keptMegabytes })),
  /** A ticket for the bytes of a kept body. */
  "log.download": answers<{ ticket: string; name: string }>()(
    v.strictObject({ id: inputs.id, part: v.picklist(["request", "response"]) }),
  ),

  /** In the person's order. */
  "drafts.list": answers<Draft[]>()(nothing),
  /** Makes or changes a draft; `revision` is the one the change was made on (0 for a new one). */
  "drafts.save": answers<Draft>()(
    v.strictObject({
      ...draftInput,
      revision: v.number(),
      /** Where a new one stands: before this draft; null at the end, on top without it or where that one is gone. */
      before: v.optional(v.nullable(inputs.id)),
    }),
  ),
  /** Puts a draft before another one (null: at the end) and answers the ids in their order. NOT_FOUND. */
  "drafts.move": answers<{ order: string[] }>()(
    v.strictObject({ id: inputs.id, before: v.nullable(inputs.id) }),
  ),
  /** CONFLICT where it is no longer the `revision` that was seen: nobody removes what another window has just typed. */
  "drafts.remove": answers<null>()(v.strictObject({ id: inputs.id, revision: v.optional(v.number()) })),
  /** The entries that were sent from a draft, newest first, and how many there are; also of a draft that is gone. */
  "drafts.sent": answers<{ rows: EntryRow[]; total: number }>()(
    v.strictObject({
      id: inputs.id,
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
  ),
  /** Makes a draft of an uploaded JSON file. */
  "drafts.import": answers<Draft>()(v.strictObject({ ticket: v.pipe(v.string(), v.maxLength(200)) })),

  /** The person's own templates, by name. */
  "templates.list": answers<DraftTemplate[]>()(nothing),
  /** Makes a template, or replaces the one with this id. */
  "templates.save": answers<DraftTemplate>()(v.strictObject(draftInput)),
  "templates.remove": answers<null>()(v.strictObject({ id: inputs.id })),

  /**
   * Takes an uploaded file of events (a list, NDJSON, or one event after the other) and begins to check them for an
   * environment; `batches.changed` says how it goes. Nothing is sent.
   */
  "batches.open": answers<Batch>()(
    v.strictObject({ ticket: v.pipe(v.string(), v.maxLength(200)), environment: inputs.environmentName }),
  ),
  /** Checks anew, for this environment; CONFLICT while it is being sent. */
  "batches.check": answers<Batch>()(v.strictObject({ id: inputs.id, environment: inputs.environmentName })),
  /** What is wrong with the events, in the order of the file; the first 1,000 are listed. */
  "batches.flaws": answers<{ flaws: BatchFlaw[]; total: number }>()(
    v.strictObject({
      id: inputs.id,
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
  ),
  /** Begins to send to the environment it was checked for, in the order of the file for each browser. */
  "batches.send": answers<Batch>()(
    v.strictObject({
      id: inputs.id,
      /** Events a second; null for as fast as can be. */
      rate: v.nullable(v.pipe(v.number(), v.minValue(0.001), v.maxValue(100_000))),
      /** Send what the catalog calls invalid, too. */
      sendInvalid: v.boolean(),
      /** Consent from a shell: must equal the environment's name. */
      production: v.optional(v.string()),
    }),
  ),
  /** Stops the check or the sending; what is on its way is cut off, what has not left stays here. */
  "batches.cancel": answers<Batch>()(v.strictObject({ id: inputs.id })),
  "batches.list": answers<Batch[]>()(nothing),
  /** Forgets it; its entries stay in the log. CONFLICT while it is being sent. */
  "batches.close": answers<null>()(v.strictObject({ id: inputs.id })),

  /** The workspace's files; `trusted` is false for a folder that a person has not vouched for: sandboxes only. */
  "scenarios.list": answers<{ folder: string; trusted: boolean; files: WorkspaceFileRow[] }>()(nothing),
  /**
   * Also a file from outside the workspace, by its absolute path; `trusted` is false there until a person has vouched
   * for its folder. NOT_FOUND, INVALID_INPUT (no text, too large).
   */
  "scenarios.read": answers<ScenarioText & { trusted: boolean }>()(v.strictObject({ path: inputs.filePath })),
  /**
   * What a text says, typed but not saved yet; without one, the file as a run would read it. Its events are judged for the environment, or for the one that is
   * chosen; for one that the scenario names where it may not run there.
   */
  "scenarios.check": answers<ScenarioReading>()(
    v.strictObject({
      path: inputs.filePath,
      text: v.optional(inputs.scenarioText),
      environment: v.optional(inputs.environmentName),
    }),
  ),
  /**
   * The text after changes, made one after the other: each names steps as those before it have left them. Nothing is
   * saved. INVALID_INPUT where the text cannot be read or has no such step.
   */
  "scenarios.edit": answers<{ text: string } & ScenarioReading>()(
    v.strictObject({
      path: inputs.filePath,
      text: inputs.scenarioText,
      edits: v.pipe(v.array(inputs.scenarioEdit), v.minLength(1), v.maxLength(1000)),
    }),
  ),
  /** CONFLICT where the file is no longer the `version` the text was made from; null writes a new file only. */
  "scenarios.save": answers<ScenarioText>()(
    v.strictObject({
      path: inputs.filePath,
      text: inputs.scenarioText,
      version: v.nullable(v.pipe(v.string(), v.maxLength(100))),
    }),
  ),
  "scenarios.templates": answers<ScenarioTemplate[]>()(nothing),
  /** Makes a file from a template, from entries of the log in their order, or with one step to begin with. */
  "scenarios.create": answers<ScenarioText>()(
    v.strictObject({
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
      /** Relative to the workspace; absent: its `scenarios` folder. */
      folder: v.optional(v.pipe(v.string(), v.maxLength(1000))),
      from: v.variant("kind", [
        v.strictObject({ kind: v.literal("empty") }),
        v.strictObject({ kind: v.literal("template"), id: inputs.id }),
        v.strictObject({
          kind: v.literal("entries"),
          ids: v.pipe(v.array(inputs.id), v.minLength(1), v.maxLength(1000)),
        }),
      ]),
    }),
  ),
  /** `usedBy` are the scenarios of the workspace that still name the file as it was called before. */
  "scenarios.rename": answers<{ path: string; usedBy: string[] }>()(
    v.strictObject({ path: inputs.filePath, to: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)) }),
  ),
  /** Takes a file away; `restore` in the answer brings it back with `scenarios.save`. */
  "scenarios.remove": answers<{ restore: { path: string; text: string } }>()(
    v.strictObject({ path: inputs.filePath }),
  ),
  /** Puts an uploaded data file (CSV, JSON, NDJSON) beside a scenario; `file` is its name as `data` says it. */
  "scenarios.addData": answers<{ file: string }>()(
    v.strictObject({ path: inputs.filePath, ticket: v.pipe(v.string(), v.maxLength(200)) }),
  ),
  /** A page of a data file's rows as a table: values as text. */
  "scenarios.readData": answers<DataPage>()(
    v.strictObject({
      path: inputs.filePath,
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
    }),
  ),
  /** A person vouches for the folder of a file from outside. */
  "scenarios.trust": answers<null>()(v.strictObject({ folder: v.pipe(v.string(), v.maxLength(4000)) })),
  /** The published schema of scenario files, for the editor. */
  "scenarios.schema": answers<JsonObject>()(nothing),
  /**
   * Writes a scenario for an engine that runs on many machines; nothing is saved. `name` is what its files are to be
   * called, without an ending. FORBIDDEN for an environment that the scenario may not run on, UNSUPPORTED for one whose
   * requests cannot be written so.
   */
  "scenarios.export": answers<ExportedScenario | { refused: ScenarioIssue[] }>()(
    v.strictObject({
      path: inputs.filePath,
      environment: inputs.environmentName,
      format: v.picklist(["artillery"]),
      name: v.pipe(
        v.string(),
        v.maxLength(200),
        v.regex(/^[\w][\w .-]*$/, "Letters, digits, - and _ make a name."),
      ),
    }),
  ),

  /**
   * Checks a file as it stands on the disk and starts to play it. Answers once it is checked: `refused` says what is
   * wrong and nothing was sent. CONSENT_REQUIRED, CREDENTIAL_MISSING, FORBIDDEN (an environment that the file or its
   * folder may not use).
   */
  "runs.start": answers<{ run: RunSummary } | { refused: ScenarioIssue[] }>()(
    v.strictObject({
      path: inputs.filePath,
      environment: inputs.environmentName,
      options: inputs.runOptions,
      /** Pause before this step, by its number. */
      until: v.optional(inputs.stepNumber),
      /** Pause before the first step. */
      paused: v.optional(v.boolean()),
      /** Honour the file's breakpoints. */
      breakpoints: v.optional(v.boolean()),
      /** Play from this step on: on a fresh guest, or with the sandbox as it was before that step in an earlier run. */
      from: v.optional(
        v.strictObject({
          step: inputs.stepNumber,
          runId: v.optional(inputs.id),
          guest: v.picklist(["fresh", "snapshot"]),
        }),
      ),
      /** Consent from a shell: must equal the environment's name. */
      production: v.optional(v.string()),
    }),
  ),
  "runs.pause": answers<null>()(v.strictObject({ id: inputs.id })),
  /** Goes on: to the end, one step, or to the step with a number. */
  "runs.resume": answers<null>()(
    v.strictObject({
      id: inputs.id,
      to: v.variant("kind", [
        v.strictObject({ kind: v.literal("end") }),
        v.strictObject({ kind: v.literal("step") }),
        v.strictObject({ kind: v.literal("number"), number: inputs.stepNumber }),
      ]),
    }),
  ),
  /** Ends within one request. @returns after the run has ended */
  "runs.stop": answers<RunSummary>()(v.strictObject({ id: inputs.id })),
  /** Sets or takes away a breakpoint for this run. */
  "runs.setBreakpoint": answers<null>()(
    v.strictObject({ id: inputs.id, number: inputs.stepNumber, on: v.boolean() }),
  ),
  /** What a paused run would send next; null where its next step sends nothing. */
  "runs.next": answers<NextEvent | null>()(v.strictObject({ id: inputs.id })),
  /** Changes what goes next, for this run only; null puts it back. */
  "runs.editNext": answers<NextEvent>()(
    v.strictObject({ id: inputs.id, event: v.nullable(inputs.jsonObject) }),
  ),
  /** What the next event would change on the guest; null where it is not known (a tenant, or no event). */
  "runs.forecast": answers<Forecast | null>()(v.strictObject({ id: inputs.id })),
  /** Newest first; of one file, or of all. */
  "runs.list": answers<{ runs: RunSummary[]; total: number }>()(
    v.strictObject({
      path: v.optional(inputs.filePath),
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
    }),
  ),
  "runs.read": answers<RunSummary>()(v.strictObject({ id: inputs.id })),
  /** Results of a run in the order in which they began. Only failures, or only an iteration, where asked. */
  "runs.steps": answers<{ steps: StepResult[]; total: number }>()(
    v.strictObject({
      id: inputs.id,
      iteration: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
      failedOnly: v.optional(v.boolean()),
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
  ),
  /** What the run made at its target, for cleaning up. */
  "runs.made": answers<{ items: { kind: "browser" | "guest" | "email"; value: string }[]; total: number }>()(
    v.strictObject({
      id: inputs.id,
      offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
  ),
  "runs.compare": answers<RunComparison>()(
    v.strictObject({
      a: inputs.id,
      b: inputs.id,
      iteration: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    }),
  ),
  /** Forgets a run and its results; its entries stay in the log. */
  "runs.remove": answers<null>()(v.strictObject({ id: inputs.id })),

  /** What a person must know of Bellhop itself: a damaged file, a restart, a wrong setting. */
  "reports.notices": answers<Notice[]>()(nothing),
  "reports.dismiss": answers<null>()(v.strictObject({ id: inputs.id })),
  /** The error reports of this profile, newest first; they stay on this machine. */
  "reports.list": answers<{ folder: string; canShowFolder: boolean; reports: ReportRow[] }>()(nothing),
  "reports.read": answers<{ text: string }>()(v.strictObject({ id: inputs.id })),
  /** Keeps an error of the window. @returns null where it was kept a moment ago, or could not be */
  "reports.add": answers<ReportRow | null>()(
    v.strictObject({
      what: v.pipe(v.string(), v.maxLength(500)),
      detail: v.pipe(v.string(), v.maxLength(20_000)),
    }),
  ),
  /** Opens the folder of the reports in the system's file manager. UNSUPPORTED where the host cannot. */
  "reports.showFolder": answers<null>()(nothing),

  "settings.get": answers<Settings>()(nothing),
  "settings.set": answers<Settings>()(
    v.partial(
      v.strictObject({
        theme: v.picklist(["system", "dark", "light"]),
        density: v.picklist(["comfortable", "compact"]),
        fontSize: v.pipe(v.number(), v.integer(), v.minValue(11), v.maxValue(16)),
        editorFontSize: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(24)),
        sendTimeout: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(600_000)),
        guestApi: v.picklist(guestApiVersions),
        windowPort: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
        sandboxPort: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
        startSandbox: v.boolean(),
        acceptSelfSigned: v.boolean(),
        logKeepDays: inputs.keptDays,
        logKeepMegabytes: inputs.keptMegabytes,
      }),
    ),
  ),
  /** What the window remembers of its own arrangement (open tabs, pane sizes), under a name of its own. */
  "layout.get": answers<JsonValue>()(v.strictObject({ key: inputs.id })),
  "layout.set": answers<null>()(v.strictObject({ key: inputs.id, value: inputs.jsonValue })),

  "sandbox.status": answers<SandboxStatus>()(nothing),
  /** The counts, once nothing is pending or after `settle` milliseconds. */
  "sandbox.summary": answers<SandboxSummary>()(
    v.strictObject({
      settle: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000))),
    }),
  ),
  "sandbox.start": answers<SandboxStatus>()(nothing),
  "sandbox.stop": answers<SandboxStatus>()(nothing),
  "sandbox.reset": answers<null>()(nothing),
  /** The running sandbox's configuration as text, complete, without its keys. */
  "sandbox.readConfig": answers<SandboxDocument>()(nothing),
  /** Takes effect at once, without a restart. INVALID_INPUT with line and column where it cannot be used. */
  "sandbox.saveConfig": answers<SandboxDocument>()(sandboxText),
  "sandbox.readFaults": answers<SandboxDocument>()(nothing),
  "sandbox.saveFaults": answers<SandboxDocument>()(sandboxText),
  "sandbox.clock": answers<SandboxClock>()(nothing),
  /** Lets time pass in the sandbox (`21d`), or sets its clock back to real time. */
  "sandbox.setClock": answers<SandboxClock>()(
    v.union([
      v.strictObject({ advance: v.pipe(v.string(), v.maxLength(20)) }),
      v.strictObject({ real: v.literal(true) }),
    ]),
  ),
  "sandbox.snapshots": answers<SandboxSnapshot[]>()(nothing),
  "sandbox.saveSnapshot": answers<SandboxSnapshot>()(snapshotName),
  "sandbox.restoreSnapshot": answers<null>()(snapshotName),
  "sandbox.removeSnapshot": answers<null>()(snapshotName),
  /** A ticket for the whole state as JSON. */
  "sandbox.export": answers<{ ticket: string; name: string }>()(nothing),
  /** Replaces the state by an uploaded export. */
  "sandbox.import": answers<null>()(v.strictObject({ ticket: v.pipe(v.string(), v.maxLength(200)) })),
};

type Table = typeof table;

export type CommandName = keyof Table;
export type InputOf<C extends CommandName> = v.InferInput<Table[C]["input"]>;
/** An input after its schema has checked and normalised it. */
export type CheckedInputOf<C extends CommandName> = v.InferOutput<Table[C]["input"]>;
export type OutputOf<C extends CommandName> = Exclude<Table[C]["output"], undefined>;

/** The one map of commands. It has no prototype, so that `constructor` and `toString` are not commands. */
export const commands: Table = Object.assign(Object.create(null) as Record<never, never>, table);

/** Whether a name that came over a channel is a command. */
export const isCommandName = (name: unknown): name is CommandName =>
  typeof name === "string" && name in commands;
