import { defineStore } from "pinia";
import { ref } from "vue";

/** The dialogs about files, which list, palette and view open alike. */
export const useFileDialogs = defineStore("scenario-file-dialogs", () => ({
  creating: ref(false),
  /** Path of the file that gets another name. */
  renaming: ref<string | null>(null),
  /** A file from elsewhere is asked for by its path. */
  opening: ref(false),
}));
