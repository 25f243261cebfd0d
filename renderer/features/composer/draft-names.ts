/** A name that no other draft has: "Page view", then "Page view 2", "Page view 3". */
export const freeName = (wanted: string, taken: readonly string[]): string => {
  const names = new Set(taken);
  if (!names.has(wanted)) return wanted;
  let number = 2;
  while (names.has(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
};
