import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { InputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import type { EnvironmentView } from "../../../shared/model/environment";
import type { TenantGuest } from "../../../shared/model/tenant-guest";
import { problemOf, useClient, type Problem } from "../../layout";
import { useEnvironments } from "../environments";
import type { GuestOfEntry } from "./guest-of-entry";

export type TenantQuestion = InputOf<"guests.lookUp">["by"];
type Way = "email" | "identifier" | "ref";

/** What is known of the guest that was asked for. */
export type Answer =
  | { state: "none" }
  | { state: "asking" }
  /** A production tenant is read when a person says so, once for each start of the window. */
  | { state: "consent"; environment: string; question: TenantQuestion }
  | { state: "nobody"; environment: string }
  | { state: "found"; guest: TenantGuest; question: TenantQuestion };

/** Milliseconds that Bellhop waits for a guest of a tenant to change: tenants take seconds, not minutes. */
const waitsFor = 60_000;

/** The Guest REST API wants both halves of a credential. A sandbox shows its guests by itself, and more of them. */
export const canBeRead = ({ sandbox, credential }: EnvironmentView): boolean =>
  !sandbox &&
  credential.state === "present" &&
  credential.has.includes("clientKey") &&
  credential.has.includes("apiToken");

/** Guests of tenants: what a person asks for, the answer, and a snapshot to compare later answers with. */
export const useTenantGuests = defineStore("tenant-guests", () => {
  const client = useClient();
  const environments = useEnvironments();
  const fields = ref({ environment: "", way: "email" as Way, email: "", provider: "", id: "", ref: "" });
  const answer = shallowRef<Answer>({ state: "none" });
  const snapshot = shallowRef<TenantGuest | null>(null);
  const problem = ref<Problem | null>(null);
  /** What is being waited for, in words; null where nothing is. */
  const waiting = shallowRef<{
    id: string;
    says: string;
    asked: number;
    nextAt: string | null;
    until: string;
  } | null>(null);
  /** How the last wait ended without a change. */
  const ended = ref("");

  /** Production tenants that a person agreed to read. Reading is not sending, so it is no consent to that. */
  const agreed = new Set<string>();

  /** Environments whose guests can be read. */
  const readable = computed(() => environments.list.filter(canBeRead));
  const environment = computed({
    get: () => {
      const names = readable.value.map(({ name }) => name);
      const wishes = [fields.value.environment, environments.current?.name ?? ""];
      return wishes.find((name) => names.includes(name)) ?? names[0] ?? "";
    },
    set: (name) => (fields.value.environment = name),
  });

  /** What the fields ask for; null while they are empty. */
  const question = computed((): TenantQuestion | null => {
    const { way, email, provider, id, ref: reference } = fields.value;
    if (way === "email") return email.trim() === "" ? null : { email: email.trim() };
    if (way === "ref") return reference.trim() === "" ? null : { ref: reference.trim() };
    return provider.trim() === "" || id.trim() === ""
      ? null
      : { identifier: { provider: provider.trim(), id: id.trim() } };
  });

  /** What to ask a tenant to find the guest of an entry; null where the entry says too little. */
  const questionOf = ({ guestRef, email }: GuestOfEntry): TenantQuestion | null => {
    if (email !== null) return { email };
    return guestRef === null ? null : { ref: guestRef };
  };

  const fill = (name: string, by: TenantQuestion): void => {
    fields.value.environment = name;
    if ("email" in by) Object.assign(fields.value, { way: "email", email: by.email });
    else if ("ref" in by) Object.assign(fields.value, { way: "ref", ref: by.ref });
    else Object.assign(fields.value, { way: "identifier", ...by.identifier });
  };

  /** Asks a tenant for a guest. Never rejects: see `problem`. */
  const ask = async (name: string, by: TenantQuestion): Promise<void> => {
    fill(name, by);
    const before = answer.value;
    problem.value = null;
    ended.value = "";
    const known = environments.byName(name);
    if (known?.production && !known.consented && !agreed.has(name)) {
      answer.value = { state: "consent", environment: name, question: by };
      return;
    }
    answer.value = { state: "asking" };
    try {
      const guest = await client.call("guests.lookUp", { environment: name, by, production: name });
      answer.value = guest ? { state: "found", guest, question: by } : { state: "nobody", environment: name };
    } catch (error) {
      problem.value = problemOf(error);
      answer.value = before.state === "asking" ? { state: "none" } : before;
    }
    if (answer.value.state === "found" && answer.value.guest.ref !== snapshot.value?.ref)
      snapshot.value = null;
  };
  /** A person agreed to read from the production tenant that was asked about. */
  const agree = async (): Promise<void> => {
    if (answer.value.state !== "consent") return;
    const { environment: name, question: by } = answer.value;
    agreed.add(name);
    await ask(name, by);
  };
  const lookUp = async (): Promise<void> => {
    if (question.value && environment.value !== "") await ask(environment.value, question.value);
  };

  /** Keeps the guest as it is now, to compare what comes after a send with. */
  const takeSnapshot = async (): Promise<void> => {
    const shown = answer.value;
    if (shown.state !== "found") return;
    await ask(shown.guest.environment, shown.question);
    if (answer.value.state === "found") snapshot.value = answer.value.guest;
  };

  /** Reads the guest again until it differs from the snapshot, or until the time is over. */
  const compare = async (): Promise<void> => {
    const before = snapshot.value;
    const shown = answer.value;
    if (!before || shown.state !== "found" || waiting.value) return;
    const id = crypto.randomUUID();
    problem.value = null;
    ended.value = "";
    waiting.value = { id, says: "Reads the guest again.", asked: 0, nextAt: null, until: "" };
    const by = { ref: before.ref };
    try {
      const result = await client.call("guests.awaitChange", {
        ...{ id, environment: before.environment, by, since: before.raw, within: waitsFor },
        production: before.environment,
      });
      if (result.outcome === "changed") answer.value = { ...shown, guest: result.guest };
      if (result.outcome === "gone")
        ended.value = "There is no such guest any more: it was deleted, or became another.";
      if (result.outcome === "unchanged")
        ended.value = `Nothing changed within ${waitsFor / 1000} s. A tenant may take longer; compare again later.`;
    } catch (error) {
      if (error instanceof AppError && error.code === "CANCELLED") ended.value = "Stopped.";
      else problem.value = problemOf(error);
    } finally {
      waiting.value = null;
    }
  };
  const stop = async (): Promise<void> => {
    if (waiting.value) await client.call("guests.stopAwaiting", { id: waiting.value.id });
  };
  client.on("guests.awaiting", (progress) => {
    if (progress.id === waiting.value?.id) waiting.value = progress;
  });

  const forget = (): void => {
    snapshot.value = null;
    ended.value = "";
  };
  return {
    ...{ fields, environment, readable, question, answer, snapshot, problem, waiting, ended },
    ...{ questionOf, ask, agree, lookUp, takeSnapshot, compare, stop, forget },
  };
});
