import { inject, provide, type InjectionKey } from "vue";

const floatingPlace: InjectionKey<string> = Symbol("floating place");

/**
 * Where menus and tooltips go in the page: into its main landmark, so that a screen reader's landmarks hold everything
 * that is shown.
 */
export const useFloatingPlace = (): string => inject(floatingPlace, "main");

/** For dialogs: while one is open, all that stands behind it is hidden from screen readers. */
export const floatOutsideMain = (): void => provide(floatingPlace, "body");
