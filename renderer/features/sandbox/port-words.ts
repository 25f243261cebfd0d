/** A typed port, 1 to 65535; null where it is none. */
export const readPort = (text: string): number | null => {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535 ? port : null;
};

/**
 * What there is to know of the port.
 *
 * @param wanted the setting
 * @param listens where this process's sandbox listens; null where it does not run
 */
export const portHint = (wanted: number, listens: number | null): string =>
  listens !== null && listens !== wanted
    ? `It listens on ${listens} until it is started again.`
    : "What it tries first; where it is taken, the next free one.";
