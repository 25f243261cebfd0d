import { defineStore } from "pinia";
import {
  computed,
  onScopeDispose,
  ref,
  shallowReactive,
  toValue,
  watchEffect,
  type Component,
  type MaybeRefOrGetter,
} from "vue";
import { matchesKeys } from "../ui/key-names";
import { useProblems } from "./problems";

/** What a person can run from the palette or by a key. */
export interface Command {
  /** `feature.verb`; registering the same id again replaces the command. */
  id: string;
  title: string;
  /** A few quiet words after the title. */
  detail?: string;
  icon?: Component;
  /** Such as `Mod+Enter`; of several the first is shown. */
  keys?: string | readonly string[];
  section: string;
  run(): void | Promise<void>;
  /** Where false, the key goes on to whatever has the focus and the palette leaves the command out. */
  when?(): boolean;
  /** Not worth a line in the palette: only its key counts. */
  hidden?: boolean;
}

/** A line of the palette that a provider found, such as an entry of the log. */
export type FoundItem = Pick<Command, "id" | "title" | "detail" | "icon" | "keys" | "run">;

/** Finds lines for the palette that are not commands, such as drafts and entries. */
export interface PaletteProvider {
  id: string;
  section: string;
  /** A sign at the start of the query that asks only this provider, with its word: `{ sign: "#", word: "entries" }`. */
  prefix?: { sign: string; word: string };
  /** @param signal is aborted when the query has changed */
  search(query: string, signal: AbortSignal): Promise<FoundItem[]>;
}

/** The first of a command's key combinations. */
export const firstKeys = (keys: Command["keys"]): string | undefined =>
  typeof keys === "string" ? keys : keys?.[0];

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable='true']") !== null;

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[role='dialog'], [role='alertdialog']") !== null;

/** A letter alone is text in a field; with Ctrl, Cmd or Alt, and for function keys, it is not. */
const isTyping = (keys: string, target: EventTarget | null): boolean =>
  !/(Mod|Ctrl|Alt)\+|F\d+$/.test(keys) && isEditable(target);

/** The registry of commands: features put theirs in, the palette and the keyboard take them out. */
export const useCommands = defineStore("commands", () => {
  const all = shallowReactive(new Map<string, Command>());
  const providers = shallowReactive(new Map<string, PaletteProvider>());
  const paletteOpen = ref(false);
  /** What the palette's field holds when it opens, such as `#`. */
  const paletteStart = ref("");
  const problems = useProblems();

  /** @returns a function that takes it out again */
  const register = (command: Command): (() => void) => {
    all.set(command.id, command);
    return () => {
      if (all.get(command.id) === command) all.delete(command.id);
    };
  };
  const provide = (provider: PaletteProvider): (() => void) => {
    providers.set(provider.id, provider);
    return () => {
      if (providers.get(provider.id) === provider) providers.delete(provider.id);
    };
  };
  /** Runs something and says what went wrong where it fails. */
  const run = async (command: Pick<Command, "run">): Promise<void> => {
    try {
      await command.run();
    } catch (error) {
      problems.report(error);
    }
  };
  const openPalette = (start = ""): void => {
    paletteStart.value = start;
    paletteOpen.value = true;
  };

  /** Gives a key press to the command it belongs to. The one registered last wins. */
  const handleKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isInDialog(event.target)) return;
    for (const command of [...all.values()].reverse()) {
      const combinations = typeof command.keys === "string" ? [command.keys] : (command.keys ?? []);
      const hit = combinations.find((keys) => matchesKeys(event, keys));
      if (hit === undefined || isTyping(hit, event.target) || command.when?.() === false) continue;
      event.preventDefault();
      event.stopPropagation();
      void run(command);
      return;
    }
  };

  const available = computed(() => [...all.values()].filter((command) => !command.hidden));
  return { available, providers, register, provide, run, handleKey, paletteOpen, paletteStart, openPalette };
});

/** Registers commands as long as the component or store lives; a getter registers them anew when it changes. */
export const useCommand = (given: MaybeRefOrGetter<Command | readonly Command[]>): void => {
  const commands = useCommands();
  watchEffect((onCleanup) => {
    const list = [toValue(given)].flat();
    const undo = list.map((command) => commands.register(command));
    onCleanup(() => undo.forEach((stop) => stop()));
  });
};

/** Registers a provider as long as the component or store lives. */
export const usePaletteProvider = (provider: PaletteProvider): void => {
  onScopeDispose(useCommands().provide(provider));
};
