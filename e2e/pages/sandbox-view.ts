import { expect, type Locator, type Page } from "@playwright/test";

/** The view in which the sandbox is seen, set, disturbed and saved. */
export class SandboxView {
  readonly state: Locator;
  readonly start: Locator;
  readonly stop: Locator;
  readonly events: Locator;
  readonly kept: Locator;
  readonly exportState: Locator;
  readonly importFile: Locator;
  readonly reset: Locator;
  /** Asks before the sandbox forgets something. */
  readonly question: Locator;

  readonly clock: Locator;
  readonly typedTime: Locator;
  readonly letPass: Locator;
  readonly backToReal: Locator;

  readonly snapshots: Locator;
  readonly snapshotName: Locator;
  readonly saveSnapshot: Locator;

  readonly document: Locator;
  readonly apply: Locator;
  readonly discard: Locator;
  /** The editor in front, and what it shows. */
  readonly text: Locator;
  readonly suggestions: Locator;
  readonly hover: Locator;
  /** Wavy lines below mistakes, and the words after a line. Only drawn, so they have no role. */
  readonly wavyLines: Locator;
  readonly lineWords: Locator;
  readonly points: Locator;
  readonly rules: Locator;
  readonly faults: Locator;
  readonly newFault: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.state = page.getByRole("region", { name: "Sandbox", exact: true });
    this.start = this.state.getByRole("button", { name: "Start" });
    this.stop = this.state.getByRole("button", { name: "Stop" });
    this.events = this.state.getByRole("region", { name: "Events" });
    this.kept = this.state.getByRole("region", { name: "Kept" });
    this.exportState = this.state.getByRole("button", { name: "Export as JSON" });
    this.importFile = this.state.getByLabel("File to import");
    this.reset = this.state.getByRole("button", { name: "Reset" });
    this.question = page.getByRole("alertdialog");

    this.clock = page.getByRole("region", { name: "Clock", exact: true });
    this.typedTime = this.clock.getByRole("textbox", { name: "Let another time pass" });
    this.letPass = this.clock.getByRole("button", { name: "Let it pass" });
    this.backToReal = this.clock.getByRole("button", { name: "Back to real time" });

    this.snapshots = page.getByRole("region", { name: "Snapshots" });
    this.snapshotName = this.snapshots.getByRole("textbox", { name: "Name of the snapshot" });
    this.saveSnapshot = this.snapshots.getByRole("button", { name: "Save" });

    this.document = page.getByRole("region", { name: "Configuration and faults" });
    this.apply = this.document.getByRole("button", { name: /^Apply/ });
    this.discard = this.document.getByRole("button", { name: "Discard" });
    this.text = this.document.getByRole("textbox", { name: /as YAML/ });
    this.suggestions = page.getByRole("listbox", { name: "Suggest" });
    this.hover = page.getByRole("tooltip");
    this.wavyLines = this.document.locator(".squiggly-error, .squiggly-warning");
    this.lineWords = this.document.locator(".line-words");
    this.points = this.document.getByRole("list", { name: "Points of sale" }).getByRole("listitem");
    this.rules = this.document.getByRole("list", { name: "Identity rules" }).getByRole("listitem");
    this.faults = this.document.getByRole("list", { name: "Faults" }).getByRole("listitem");
    this.newFault = this.document.getByRole("form", { name: "A new fault" });
  }

  async open(): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "Views" })
      .getByRole("button", { name: "Sandbox" })
      .click();
    await expect(this.state).toBeVisible();
  }

  /** A counter, by its name: "Processed", "Guests". */
  counter(name: string): Locator {
    const group = ["Guests", "Sessions", "Orders"].includes(name) ? this.kept : this.events;
    return group.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd");
  }

  async edit(what: "Configuration" | "Faults", as: "Form" | "YAML"): Promise<void> {
    await this.document.getByRole("tab", { name: what }).click();
    await this.document.getByRole("radio", { name: as }).click();
    if (as === "YAML") await this.text.waitFor();
  }

  /** Replaces the text of the editor in front. */
  async write(text: string): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(text);
  }

  /** A setting of the form that is one of a few. */
  choice(setting: string, value: string): Locator {
    return this.document.getByRole("radiogroup", { name: setting }).getByRole("radio", { name: value });
  }

  field(name: string): Locator {
    return this.document.getByRole("textbox", { name, exact: true });
  }

  /** Lets time pass with one click: "30 min", "3 weeks". */
  let(time: string): Locator {
    return this.clock.getByRole("group", { name: "Let time pass" }).getByRole("button", { name: time });
  }

  /** What the editor in front shows, line by line. */
  get shown(): Locator {
    return this.document.locator(".view-lines:visible");
  }

  snapshot(name: string): Locator {
    return this.snapshots.getByRole("listitem").filter({ hasText: name });
  }

  async agree(): Promise<void> {
    await this.question.getByRole("button").last().click();
    await expect(this.question).toBeHidden();
  }
}
