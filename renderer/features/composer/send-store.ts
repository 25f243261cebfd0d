import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { summarise } from "../../../shared/catalog/catalog";
import { AppError } from "../../../shared/contract/errors";
import type { Draft } from "../../../shared/model/draft";
import type { EnvironmentView, Transport } from "../../../shared/model/environment";
import type { BuiltEvent, StreamEvent } from "../../../shared/model/event";
import type { Issue } from "../../../shared/model/verdict";
import { problemOf, useClient } from "../../layout";
import { useEnvironments, useProductionConsent } from "../environments";
import { useDrafts } from "./drafts-store";
import { useJudgements } from "./judgements-store";
import { editing, resultOfEntry, resultOfRow, type SendState } from "./send-state";
import { useTransports } from "./transport-store";

/** Milliseconds that a send to the sandbox waits for the event's outcome. */
const settle = 2000;

/** An invalid event that waits for a person's word. */
export interface InvalidQuestion {
  environment: EnvironmentView;
  issues: Issue[];
}

interface Sending {
  draft: Draft;
  environment: EnvironmentView;
  event: StreamEvent;
  built: BuiltEvent;
}

/** The sending of drafts: what is asked before, and where each stands. */
export const useSend = defineStore("send", () => {
  const client = useClient();
  const drafts = useDrafts();
  const judgements = useJudgements();
  const environments = useEnvironments();
  const consent = useProductionConsent();
  const transports = useTransports();
  const states = ref(new Map<string, SendState>());
  const question = ref<InvalidQuestion | null>(null);
  let answerQuestion: ((anyway: boolean) => void) | undefined;

  const stateOf = (id: string): SendState => states.value.get(id) ?? editing;
  const active = computed(() => (drafts.active ? stateOf(drafts.active.id) : editing));

  const askAnyway = (environment: EnvironmentView, issues: Issue[]): Promise<boolean> => {
    answerQuestion?.(false);
    question.value = { environment, issues };
    return new Promise((resolve) => (answerQuestion = resolve));
  };
  const answer = (anyway: boolean): void => {
    question.value = null;
    answerQuestion?.(anyway);
    answerQuestion = undefined;
  };

  /** Production asks once; the answer may be another target. @returns null for "not at all" */
  const targetOf = async ({ environment, built }: Sending): Promise<EnvironmentView | null> => {
    const { type, pos } = built.event;
    const given = await consent.ask({
      environment,
      type: typeof type === "string" ? type : "event",
      summary: summarise(built.event),
      ...(typeof pos === "string" && { pos }),
    });
    if (given === "send") return environment;
    return given === "sandbox" ? (environments.byName("sandbox") ?? null) : null;
  };

  const post = async (
    sending: Sending,
    environment: EnvironmentView,
    allowInvalid: boolean,
  ): Promise<void> => {
    const { draft, event } = sending;
    const entryId = crypto.randomUUID();
    states.value.set(draft.id, { state: "sending", entryId, cancelling: false });
    const transport = transports.other(environment);
    const result = await client.call("sender.send", {
      environment: environment.name,
      ...(transport !== undefined && { transport }),
      messageType: draft.messageType,
      event,
      id: entryId,
      source: { kind: "composer", draft: draft.id },
      allowInvalid,
      settle: environment.sandbox ? settle : 0,
    });
    if (result.outcome === "sent") {
      states.value.set(draft.id, { state: "sent", result: resultOfEntry(result.entry) });
      return;
    }
    // The sender knew more than this window did: the guest context may have changed meanwhile.
    states.value.delete(draft.id);
    const errors = result.verdict.issues.filter(({ severity }) => severity === "error");
    if (await askAnyway(environment, errors)) await post(sending, environment, true);
  };

  const sendTo = async (sending: Sending, allowInvalid: boolean): Promise<void> => {
    const environment = await targetOf(sending);
    if (environment) await post(sending, environment, allowInvalid);
  };

  const whatToSend = (): Sending | null => {
    const draft = drafts.active;
    const environment = environments.current;
    const judgement = judgements.active;
    if (!draft || !environment || judgement?.state !== "judged") return null;
    return { draft, environment, event: judgement.event, built: judgement.built };
  };

  const askedConsentTooLate = (error: unknown): boolean =>
    error instanceof AppError && error.code === "CONSENT_REQUIRED";

  /** Sends the draft in front, after what has to be asked. Text that is no event cannot be sent. */
  const send = async (): Promise<void> => {
    const sending = whatToSend();
    const judgement = judgements.active;
    if (!sending || judgement?.state !== "judged" || stateOf(sending.draft.id).state === "sending") return;
    const errors = judgement.verdict.issues.filter(({ severity }) => severity === "error");
    const anyway = errors.length > 0;
    if (anyway && !(await askAnyway(sending.environment, errors))) return;
    try {
      await sendTo(sending, anyway);
    } catch (error) {
      if (askedConsentTooLate(error)) await environments.load();
      const { message, hint } = problemOf(error);
      const code = error instanceof AppError ? error.code : "INTERNAL";
      states.value.set(sending.draft.id, { state: "failed", code, message, hint });
    }
  };

  /** Sends what is in front by another transport, which the window then keeps to. */
  const sendBy = async (transport: Transport): Promise<void> => {
    if (!environments.current) return;
    transports.choose(environments.current, transport);
    await send();
  };

  const cancel = async (): Promise<void> => {
    const state = active.value;
    const draft = drafts.active;
    if (state.state !== "sending" || !draft) return;
    states.value.set(draft.id, { ...state, cancelling: true });
    await client.call("sender.cancel", { id: state.entryId });
  };

  /** The text changed: what was said of the last send is no longer about what stands there. */
  const edited = (id: string): void => {
    if (stateOf(id).state !== "sending") states.value.delete(id);
  };

  client.on("log.appended", ({ rows }) => {
    for (const [id, state] of states.value) {
      const row = state.state === "sent" ? rows.find((each) => each.id === state.result.entryId) : undefined;
      if (row?.state === "done" && state.state === "sent") {
        states.value.set(id, { state: "sent", result: resultOfRow(row, state.result) });
      }
    }
  });

  return { active, question, answer, send, sendBy, cancel, edited };
});
