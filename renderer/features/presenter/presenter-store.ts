import { defineStore } from "pinia";
import { ref } from "vue";
import { AppError } from "../../../shared/contract/errors";
import { useArrangement, useClient } from "../../layout";
import { useGuestHistory } from "../guests";
import { enterFullScreen, leaveFullScreen } from "./full-screen";

/** Among how many guests one is looked for that has not become another. */
const looksAt = 20;

const nobody = (): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: "There is no guest to present yet.",
    hint: "Send a VIEW to the sandbox, and a visitor checks in.",
  });

/** Whether a guest is on the stage. Which one, and at which step, is the history's to know. */
export const usePresenter = defineStore("presenter", () => {
  const client = useClient();
  const history = useGuestHistory();
  const on = ref(false);
  /** Hides e-mail addresses and phone numbers; on until a person wants otherwise. */
  const veiled = useArrangement().shown("presenter-veil");

  const chooseLastSeen = async (): Promise<void> => {
    const { rows } = await client.call("guests.list", { offset: 0, limit: looksAt });
    // A guest that became another one was seen last by the event that did it.
    const row = rows.find(({ mergedInto }) => mergedInto === null) ?? rows[0];
    if (!row) throw nobody();
    await history.open(row.ref);
  };

  /** Goes a step on; from the end of a guest that became another one, to that one, where the two became one. */
  const next = (): Promise<void> => {
    const became = history.following ? history.latest?.mergedInto : null;
    if (!became) return history.goTo(history.position + 1);
    const eventRef = history.step?.eventRef ?? null;
    return history.open(became, eventRef === null ? undefined : { eventRef });
  };

  /** Puts the chosen guest on the stage at its step, or the one last seen. @throws AppError where there is none */
  const present = async (): Promise<void> => {
    // At once: a browser allows it only in the moments after a click or key.
    const entering = enterFullScreen();
    try {
      if (history.chosen === null) await chooseLastSeen();
      on.value = true;
    } catch (error) {
      await entering;
      await leaveFullScreen();
      throw error;
    }
  };
  const leave = (): void => {
    if (!on.value) return;
    on.value = false;
    void leaveFullScreen();
  };
  return { on, veiled, present, next, leave };
});
