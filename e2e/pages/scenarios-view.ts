import type { Locator, Page } from "@playwright/test";

/** The editing half of the Scenarios view: files, steps, the same as YAML, and the step that is selected. */
export class ScenariosView {
  readonly files: Locator;
  readonly tree: Locator;
  readonly newScenario: Locator;
  readonly creating: Locator;
  readonly templates: Locator;
  readonly renaming: Locator;
  readonly opening: Locator;
  readonly middle: Locator;
  /** The list of steps has the focus for its keys. */
  readonly steps: Locator;
  readonly rows: Locator;
  readonly addStep: Locator;
  readonly kinds: Locator;
  readonly kindSearch: Locator;
  readonly menu: Locator;
  readonly panel: Locator;
  /** The step's event as JSON. */
  readonly event: Locator;
  readonly yaml: Locator;
  readonly yamlText: Locator;
  readonly breakpoints: Locator;
  readonly suggestions: Locator;
  readonly problems: Locator;
  /** Whether the file on the disk says what the window shows. */
  readonly saved: Locator;
  readonly keepMine: Locator;
  readonly takeTheirs: Locator;
  readonly compare: Locator;
  readonly comparison: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.files = page.getByRole("region", { name: "Scenarios", exact: true });
    this.tree = this.files.getByRole("tree", { name: "Scenario files" });
    this.newScenario = this.files.getByRole("button", { name: "New scenario" }).first();
    this.creating = page.getByRole("dialog", { name: "New scenario" });
    this.templates = this.creating.getByRole("radio");
    this.renaming = page.getByRole("dialog", { name: "Rename the file" });
    this.opening = page.getByRole("dialog", { name: "Open a file from elsewhere" });

    this.middle = page.getByRole("region", { name: "Scenario", exact: true });
    this.steps = this.middle.getByRole("treegrid");
    this.rows = this.steps.getByRole("row").filter({ has: page.locator("[role='gridcell']") });
    this.addStep = this.middle.getByRole("button", { name: "Add step" });
    this.kinds = page.getByRole("listbox", { name: "Kinds of steps" });
    this.kindSearch = page.getByRole("combobox", { name: "Find a kind of step" });
    this.menu = page.getByRole("menu");

    this.panel = page.getByRole("region", { name: "Step", exact: true });
    this.event = this.panel.locator(".event-editor");
    this.yaml = page.getByRole("region", { name: "YAML", exact: true });
    this.yamlText = this.yaml.locator(".view-lines");
    this.breakpoints = this.yaml.locator(".breakpoint-sign");
    this.suggestions = page.locator(".suggest-widget.visible");
    this.problems = page.getByRole("status", { name: "Problems of the scenario" });
    this.saved = page.getByRole("status").filter({ hasText: /^(Saved|Saving…|Not saved)/ });
    this.keepMine = this.middle.getByRole("button", { name: "Keep mine" });
    this.takeTheirs = this.middle.getByRole("button", { name: "Take theirs" });
    this.compare = this.middle.getByRole("button", { name: "Compare" });
    this.comparison = page.getByRole("dialog", { name: "What differs" });
  }

  async open(): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "Views" })
      .getByRole("button", { name: "Scenarios" })
      .click();
  }

  file(name: string): Locator {
    return this.tree.getByRole("treeitem").filter({ hasText: name });
  }

  /** A step by its title. */
  step(title: string): Locator {
    return this.rows.filter({ hasText: title });
  }

  /** The titles of the steps, in their order. */
  async titles(): Promise<string[]> {
    const titles = await this.rows.locator(".title").allTextContents();
    return titles.map((title) => title.trim());
  }

  /** What the selected step is shown by: `Event`, `Expect`, `Step` or `Result`. */
  side(name: "Event" | "Expect" | "Step" | "Result"): Locator {
    return this.panel.getByRole("radio", { name, exact: true });
  }

  /** The selected step, to be edited. */
  field(label: string): Locator {
    return this.panel.getByLabel(label, { exact: true });
  }

  /** Drags a step onto the upper edge of another, or the lower one of the last. */
  async drag(title: string, to: string, edge: "above" | "below" = "above"): Promise<void> {
    const target = this.step(to);
    await this.step(title).dragTo(target, { targetPosition: { x: 140, y: edge === "above" ? 3 : 25 } });
  }

  /** Puts the cursor behind a piece of the YAML. */
  async cursorAfter(text: string): Promise<void> {
    await this.yaml.getByText(text, { exact: false }).last().click();
    await this.page.keyboard.press("End");
  }
}
