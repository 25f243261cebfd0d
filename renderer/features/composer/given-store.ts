import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { useDrafts, type NewDraft } from "./drafts-store";
import { longestGiven, mostDrafts, readGiven, type Given } from "./read-given";

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

const readFile = async (file: File): Promise<Given> => {
  if (file.size > longestGiven) {
    const message = `It has ${megabytes(file.size)}, and an event is a few kilobytes at most.`;
    return { state: "refused", message };
  }
  const given = readGiven(await file.text());
  const [only] = given.state === "read" ? given.drafts : [];
  if (given.state !== "read" || given.drafts.length !== 1 || !only) return given;
  return {
    ...given,
    drafts: [{ ...only, name: file.name.replace(/\.json$/i, "").slice(0, 180) || only.name }],
  };
};

/** Several files as one: what is in each, and what is wrong with which. */
const readFiles = async (files: readonly File[]): Promise<Given> => {
  const drafts: NewDraft[] = [];
  const notes: string[] = [];
  for (const file of files.slice(0, mostDrafts)) {
    const given = await readFile(file);
    if (given.state === "refused") notes.push(`${file.name}: ${given.message}`);
    else {
      drafts.push(...given.drafts);
      notes.push(...given.notes);
    }
  }
  if (drafts.length === 0) return { state: "refused", message: notes.slice(0, 5).join(" ") };
  return { state: "read", drafts: drafts.slice(0, mostDrafts), notes: [...new Set(notes)] };
};

/** Drafts of what a person pastes, drops or opens: at once where it is one event, else after a question. */
export const useGiven = defineStore("composer-given", () => {
  const drafts = useDrafts();
  const asking = ref(false);
  const text = ref("");
  /** What came from files; null while the text counts. */
  const ofFiles = ref<Given | null>(null);
  const given = computed<Given | null>(() => {
    if (ofFiles.value) return ofFiles.value;
    return text.value.trim() === "" ? null : readGiven(text.value);
  });

  const ask = (pasted: string, files: Given | null): void => {
    text.value = pasted;
    ofFiles.value = files;
    asking.value = true;
  };
  const make = (chosen: readonly NewDraft[]): void => {
    // The first of them ends on top and in front.
    for (const draft of [...chosen].reverse()) drafts.create(draft);
    asking.value = false;
  };
  const takeOrAsk = (read: Given, pasted: string, files: Given | null): boolean => {
    const single = read.state === "read" && read.drafts.length === 1 && read.notes.length === 0;
    if (single) make(read.drafts);
    else ask(pasted, files);
    return single;
  };

  return {
    asking,
    text,
    ofFiles,
    given,
    make,
    /** Asks for a text, with nothing in it yet. */
    askForText: () => ask("", null),
    /** @returns whether a draft was made at once */
    takeText: (pasted: string): boolean => takeOrAsk(readGiven(pasted), pasted, null),
    /** @returns whether a draft was made at once */
    async takeFiles(files: readonly File[]): Promise<boolean> {
      const [only] = files;
      if (files.length === 1 && only && only.size > longestGiven) {
        // Too large to be looked through here; the core takes one event of any size that a draft can have.
        await drafts.importFile(only);
        return true;
      }
      const read = await readFiles(files);
      return takeOrAsk(read, "", read);
    },
  };
});
