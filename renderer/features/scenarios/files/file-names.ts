const ending = ".scenario.yaml";

/** Whether a path is absolute, which only files from outside the workspace have. */
export const isOutside = (path: string): boolean => /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path);

/** The last part of a path. */
export const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** What stands before the last part of a path; "" for a file at the top. */
export const folderOf = (path: string): string =>
  path.slice(0, Math.max(0, path.length - baseName(path).length - 1));

/** A name without the ending that every scenario has, or that of a data file. */
export const stemOf = (path: string): string => {
  const base = baseName(path);
  return base.endsWith(ending) ? base.slice(0, -ending.length) : base.replace(/\.[^.]+$/, "");
};

const withStem = (path: string, stem: string): string => {
  const folder = path.slice(0, path.length - baseName(path).length);
  return `${folder}${stem}${baseName(path).slice(stemOf(path).length)}`;
};

/** The first free name for a copy of a file: `checkout-copy`, `checkout-copy-2`, … */
export const copyName = (path: string, taken: ReadonlySet<string>): string => {
  const stem = `${stemOf(path).replace(/-copy(-\d+)?$/, "")}-copy`;
  for (let count = 1; ; count += 1) {
    const name = withStem(path, count === 1 ? stem : `${stem}-${count}`);
    if (!taken.has(name)) return name;
  }
};

/** What a person typed as a new name, with the ending that it has to have. */
export const completeName = (path: string, typed: string): string => {
  const was = baseName(path).slice(stemOf(path).length);
  const name = typed.trim().replaceAll("\\", "/");
  return name.endsWith(was) ? name : `${name}${was}`;
};

/** A file's name as another file of the workspace writes it: relative to that one. Both relative to the workspace. */
export const relativeName = (from: string, to: string): string => {
  const there = to.split("/");
  const here = from.split("/").slice(0, -1);
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1;
  return [...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/");
};
