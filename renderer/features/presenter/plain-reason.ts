/**
 * The reason without what only a debugger wants: which session an event belongs to says nothing to an audience, where
 * that it opened one does.
 */
export const plainReason = (why: string): string => why.replace(/ It belongs to session [^\s.]+\./g, "");
