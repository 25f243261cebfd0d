import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAutosave } from "./autosave";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A place to save to whose answers come when the test says so. */
const slowStore = () => {
  const begun: string[] = [];
  const answers: { resolve(): void; reject(error: Error): void }[] = [];
  const failures: unknown[] = [];
  const autosave = createAutosave({
    delay: 300,
    save: (id) => {
      begun.push(id);
      return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }));
    },
    failed: (error) => failures.push(error),
  });
  const answer = async (work: (one: { resolve(): void; reject(error: Error): void }) => void) => {
    const next = answers.shift();
    if (next) work(next);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { autosave, begun, failures, answer };
};

test("changes in quick succession are saved once, after the last of them", async () => {
  const { autosave, begun } = slowStore();
  autosave.touch("a");
  await vi.advanceTimersByTimeAsync(200);
  autosave.touch("a");
  await vi.advanceTimersByTimeAsync(299);
  expect(begun).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual(["a"]);
});

test("what changes while a save runs is saved after it, never at the same time", async () => {
  const { autosave, begun, answer } = slowStore();
  autosave.touch("a");
  autosave.flush();
  autosave.touch("a");
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun).toEqual(["a"]);
  await answer((one) => one.resolve());
  await vi.advanceTimersByTimeAsync(300);
  expect(begun).toEqual(["a", "a"]);
  await answer((one) => one.resolve());
  expect(autosave.isUnsaved("a")).toBe(false);
});

test("a flush saves at once what waits, for a window that goes away", () => {
  const { autosave, begun } = slowStore();
  autosave.touch("a");
  autosave.touch("b");
  autosave.flush();
  expect(begun).toEqual(["a", "b"]);
});

test("what could not be saved stays unsaved, is told, and goes with a retry", async () => {
  const { autosave, begun, failures, answer } = slowStore();
  autosave.touch("a");
  autosave.flush();
  await answer((one) => one.reject(new Error("no connection")));
  expect(failures).toHaveLength(1);
  expect(autosave.isUnsaved("a")).toBe(true);
  autosave.retry();
  expect(begun).toEqual(["a", "a"]);
  await answer((one) => one.resolve());
  expect(autosave.isUnsaved("a")).toBe(false);
});

test("what was removed is not saved any more, and its failing save bothers nobody", async () => {
  const { autosave, begun, failures, answer } = slowStore();
  autosave.touch("a");
  autosave.forget("a");
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun).toEqual([]);
  autosave.touch("b");
  autosave.flush();
  autosave.forget("b");
  await answer((one) => one.reject(new Error("gone")));
  expect(failures).toEqual([]);
});
