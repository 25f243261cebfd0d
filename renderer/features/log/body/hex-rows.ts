import type { TextRow } from "./text-rows";

const width = 16;

/** Bytes as a hex dump: sixteen a row, with the letters that they would be. */
export const hexRowCount = (bytes: Uint8Array): number => Math.ceil(bytes.length / width);

/** Rows of a hex dump; `line` stays null, because the offset stands in the text. */
export const hexPage = (bytes: Uint8Array, from: number, to: number): TextRow[] => {
  const rows: TextRow[] = [];
  for (let row = from; row < Math.min(to, hexRowCount(bytes)); row += 1) {
    const part = [...bytes.subarray(row * width, (row + 1) * width)];
    const offset = (row * width).toString(16).padStart(8, "0");
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."));
    rows.push({ line: null, text: `${offset}  ${hex.padEnd(width * 3 - 1)}  ${letters.join("")}` });
  }
  return rows;
};
