/** What Monaco has no types for, as far as it is used. */
declare module "monaco-editor/esm/vs/editor/standalone/browser/standaloneServices.js" {
  export const StandaloneServices: { get<T>(service: { readonly $type?: T }): T };
}

declare module "monaco-editor/esm/vs/platform/storage/common/storage.js" {
  interface Storage {
    store(key: string, value: boolean, scope: number, target: number): void;
  }
  export const IStorageService: { readonly $type?: Storage };
}
