import { ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { problemOf, type Problem } from "../../layout";

export interface Attempt {
  busy: Ref<boolean>;
  problem: ShallowRef<Problem | null>;
  /** @returns whether it went well; where not, `problem` says why */
  attempt(work: () => Promise<unknown>): Promise<boolean>;
}

/** Does something and keeps what went wrong beside the place where it was asked for. */
export const useAttempt = (): Attempt => {
  const busy = ref(false);
  const problem = shallowRef<Problem | null>(null);
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    busy.value = true;
    problem.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      problem.value = problemOf(error);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, problem, attempt };
};
