import type { Component } from "vue";
import type { LogState } from "./arrangement";
import type { LazyComponent } from "./lazy-component";

/** A view of the workbench: an item of the activity bar and what it opens. */
export interface WorkbenchView {
  id: string;
  name: string;
  icon: Component;
  /** Such as `Mod+1`. */
  keys?: string;
  component: LazyComponent;
  /** How the log begins in this view; "open" where it says nothing. */
  log?: LogState;
  /** Stands at the foot of the activity bar. */
  atFoot?: boolean;
}
