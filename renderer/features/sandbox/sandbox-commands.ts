import { ConciergeBell, FastForward, History, RotateCcw, Save } from "@lucide/vue";
import { nextTick } from "vue";
import { focusPaneNamed, useArrangement, useCommand, type Command } from "../../layout";
import { copyText } from "../../ui/copy-text";
import { steps } from "./clock-words";
import { useDocumentShown } from "./document-shown";
import { useSandboxClock } from "./sandbox-clock";
import { useSandboxQuestions } from "./sandbox-questions";
import { useSandboxSnapshots } from "./sandbox-snapshots";
import { useSandbox } from "./sandbox-store";

/** Registers everything that can be done to the sandbox with the palette. @returns what opens the view */
export const useSandboxCommands = (): { open(): Promise<void> } => {
  const arrangement = useArrangement();
  const sandbox = useSandbox();
  const clock = useSandboxClock();
  const snapshots = useSandboxSnapshots();
  const questions = useSandboxQuestions();
  const shown = useDocumentShown();

  const isRunning = (): boolean => sandbox.status.state === "running";
  const canStart = (): boolean => sandbox.status.state === "stopped" || sandbox.status.state === "failed";
  const canStop = (): boolean => sandbox.status.state === "running" && !sandbox.status.elsewhere;
  const openAt = async (pane: string): Promise<void> => {
    arrangement.view = "sandbox";
    if (arrangement.log === "maximised") arrangement.log = "open";
    await nextTick();
    focusPaneNamed(pane);
  };
  const open = (): Promise<void> => openAt("sandbox-state");
  const copyAddress = async (): Promise<void> => {
    if (sandbox.status.state === "running") await copyText(sandbox.status.url);
  };

  const command = (id: string, title: string, run: Command["run"], more: Partial<Command> = {}): Command => ({
    id: `sandbox.${id}`,
    title,
    icon: ConciergeBell,
    section: "Sandbox",
    when: isRunning,
    run,
    ...more,
  });

  useCommand(() => [
    command("start", "Start the sandbox", sandbox.start, { when: canStart }),
    command("stop", "Stop the sandbox", sandbox.stop, { when: canStop }),
    command("copyAddress", "Copy the sandbox's address", copyAddress),
    command("editConfig", "Edit the sandbox's configuration as YAML", () => shown.show("config", "text")),
    command("editFaults", "Edit the sandbox's faults", () => shown.show("faults", "form")),
    ...steps.map(({ words, advance }) =>
      command(`advance.${advance}`, `Sandbox clock: let ${words} pass`, () => clock.advance(advance), {
        icon: FastForward,
      }),
    ),
    command("realTime", "Sandbox clock: back to real time", clock.setReal, {
      when: () => isRunning() && clock.offset !== 0,
    }),
    command("snapshot", "Save a snapshot of the sandbox", () => openAt("sandbox-time"), { icon: Save }),
    ...snapshots.list.map(({ name }) =>
      command(
        `restore.${name}`,
        `Restore the snapshot ${name}`,
        () => questions.ask({ about: "restore", name }),
        {
          icon: History,
        },
      ),
    ),
    command("export", "Export the sandbox as JSON", snapshots.exportState),
    command("reset", "Reset the sandbox", () => questions.ask({ about: "reset" }), { icon: RotateCcw }),
  ]);
  return { open };
};
