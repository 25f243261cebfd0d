import { onScopeDispose, ref, type Ref } from "vue";
import { useClient, useConnection } from "../../layout";

/** Milliseconds between two looks at the clock; what is shown of it are minutes. */
const tick = 20_000;

/** Milliseconds between two questions while guests change. */
const rest = 500;

/** What time it is in the sandbox, in epoch milliseconds: its clock may be ahead of this machine's. */
export const useSandboxTime = (): Readonly<Ref<number>> => {
  const client = useClient();
  const now = ref(Date.now());
  let offset = 0;
  const show = (): void => {
    now.value = Date.now() + offset;
  };
  const read = async (): Promise<void> => {
    // A sandbox that is stopped has no clock; then the last known one goes on.
    offset = await client.call("sandbox.clock", {}).then(
      (clock) => clock.offset,
      () => offset,
    );
    show();
  };
  let due: ReturnType<typeof setTimeout> | undefined;
  /** Changes pour in; the clock need not be asked at each. */
  const readSoon = (): void => {
    due ??= setTimeout(() => {
      due = undefined;
      void read();
    }, rest);
  };
  void read();
  const timer = setInterval(show, tick);
  const stops = [
    client.on("sandbox.guestsChanged", readSoon),
    client.on("sandbox.changed", () => void read()),
    useConnection().onAgain(() => void read()),
  ];
  onScopeDispose(() => {
    clearInterval(timer);
    clearTimeout(due);
    stops.forEach((stop) => stop());
  });
  return now;
};
