import { computed, onScopeDispose, shallowRef, watch, type Ref } from "vue";
import { useCommands, type Command, type FoundItem, type PaletteProvider } from "./commands";
import { fuzzyMatch, highlightRuns } from "./fuzzy-match";
import { useProblems } from "./problems";

/** A line of the palette, ready to be drawn. */
export interface PaletteLine extends FoundItem {
  runs: { text: string; hit: boolean }[];
}

export interface PaletteSection {
  name: string;
  lines: PaletteLine[];
}

export interface FoundSection {
  section: string;
  items: FoundItem[];
}

const commandSign = ">";
/** Milliseconds that a person stops typing before providers are asked. */
const pause = 120;
const linesPerProvider = 8;

const toLine = (item: FoundItem, query: string): PaletteLine => ({
  ...item,
  runs: highlightRuns(item.title, fuzzyMatch(query, item.title)?.positions ?? []),
});

/** The commands that fit, best first within their section; the section with the best command comes first. */
const commandSections = (query: string, commands: readonly Command[]): PaletteSection[] => {
  const fitting = commands
    .filter((command) => command.when?.() !== false)
    .flatMap((command) => {
      const own = fuzzyMatch(query, command.title);
      const wide =
        own ?? fuzzyMatch(query, `${command.section} ${command.title} ${command.detail ?? ""}`, "pieces");
      return wide ? [{ command, score: own ? own.score : wide.score - 60 }] : [];
    });
  if (query !== "") fitting.sort((a, b) => b.score - a.score);
  const sections = new Map<string, PaletteLine[]>();
  for (const { command } of fitting) {
    const lines = sections.get(command.section) ?? [];
    sections.set(command.section, lines);
    lines.push(toLine(command, query));
  }
  return [...sections].map(([name, lines]) => ({ name, lines }));
};

/** What the palette shows for a query: commands, then what the providers found. */
export const searchPalette = (
  text: string,
  commands: readonly Command[],
  found: readonly FoundSection[],
): PaletteSection[] => {
  const onlyCommands = text.startsWith(commandSign);
  const query = onlyCommands ? text.slice(1).trim() : text.trim();
  const fromProviders = found
    .filter((section) => section.items.length > 0)
    .map(({ section, items }) => ({ name: section, lines: items.map((item) => toLine(item, query)) }));
  if (onlyCommands) return commandSections(query, commands);
  return [...commandSections(query, commands), ...fromProviders];
};

const asked = (
  text: string,
  providers: Iterable<PaletteProvider>,
): { provider: PaletteProvider; query: string }[] => {
  const all = [...providers];
  if (text.startsWith(commandSign)) return [];
  const named = all.filter((provider) => provider.prefix && text.startsWith(provider.prefix.sign));
  if (named.length > 0) return named.map((provider) => ({ provider, query: text.slice(1).trim() }));
  return text.trim() === "" ? [] : all.map((provider) => ({ provider, query: text.trim() }));
};

/** Asks the providers as the query changes; answers to an older query are dropped. */
export const usePaletteSearch = (query: Ref<string>, open: () => boolean): Ref<FoundSection[]> => {
  const commands = useCommands();
  const problems = useProblems();
  const found = shallowRef<FoundSection[]>([]);
  let abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = async (text: string): Promise<void> => {
    const { signal } = abort;
    const answers = await Promise.all(
      asked(text, commands.providers.values()).map(async ({ provider, query: words }) => ({
        section: provider.section,
        items: (await provider.search(words, signal)).slice(0, linesPerProvider),
      })),
    );
    if (!signal.aborted) found.value = answers;
  };
  const stop = (): void => {
    abort.abort();
    abort = new AbortController();
    clearTimeout(timer);
  };
  watch([query, open], ([text, isOpen]) => {
    stop();
    if (!isOpen) found.value = [];
    else timer = setTimeout(() => void ask(text).catch(problems.report), pause);
  });
  onScopeDispose(stop);
  return computed(() => found.value);
};
