import type { Locator, Page } from "@playwright/test";

/** The running half of the Scenarios view: the toolbar, the next event, results, guest, data and history. */
export class ScenarioRun {
  readonly toolbar: Locator;
  /** Run, or Continue where a run is paused. */
  readonly run: Locator;
  readonly step: Locator;
  readonly stop: Locator;
  /** How the run stands, in words. */
  readonly state: Locator;
  readonly options: Locator;
  readonly optionsForm: Locator;
  readonly again: Locator;
  /** Asks before the sandbox goes back to an earlier state. */
  readonly question: Locator;
  readonly refused: Locator;
  readonly nextEvent: Locator;
  readonly result: Locator;
  readonly failures: Locator;
  readonly guest: Locator;
  readonly card: Locator;
  readonly changes: Locator;
  readonly forecast: Locator;
  readonly data: Locator;
  readonly dataRows: Locator;
  readonly runs: Locator;
  readonly runRows: Locator;
  readonly comparison: Locator;
  readonly statusCell: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.toolbar = page.getByRole("toolbar", { name: "Run" });
    this.run = this.toolbar.getByRole("button", { name: /^(Run|Continue|Running)( F5)?$/ });
    this.step = this.toolbar.getByRole("button", { name: "Step", exact: true });
    this.stop = this.toolbar.getByRole("button", { name: "Stop", exact: true });
    this.state = this.toolbar.getByRole("status");
    this.options = this.toolbar.getByRole("button", { name: /^How to run it/ });
    this.optionsForm = page.getByRole("form", { name: "How to run it" });
    this.again = this.toolbar.getByRole("button", { name: /^Run again from step/ });
    this.question = page.getByRole("alertdialog", { name: /^Run again from step/ });
    this.refused = page.getByRole("alert", { name: "Why it did not start" });
    this.nextEvent = page.getByRole("region", { name: "Next event" });
    this.result = page.getByRole("region", { name: /^Result of step/ });
    this.failures = this.result.getByRole("list", { name: "Expectations that were not met" });
    this.guest = page.getByRole("region", { name: "Guest", exact: true });
    this.card = this.guest.getByRole("region", { name: /^Guest: / });
    this.changes = this.guest.getByRole("list", { name: "What changed" }).getByRole("listitem");
    this.forecast = this.guest.getByRole("region", { name: /would change$/ });
    this.data = page.getByRole("region", { name: "Data", exact: true });
    this.dataRows = this.data.getByRole("grid");
    this.runs = page.getByRole("region", { name: "Runs", exact: true });
    this.runRows = this.runs.getByRole("list", { name: /^Runs, the newest first/ }).getByRole("listitem");
    this.comparison = page.getByRole("dialog", { name: "Two runs side by side" });
    this.statusCell = page
      .getByRole("contentinfo", { name: "Status" })
      .getByRole("button", { name: /^Run(ning| paused)/ });
  }

  runToHere(number: string): Locator {
    return this.toolbar.getByRole("button", { name: `Run to step ${number}`, exact: true });
  }

  /** A text in the next event, once the editor has coloured it: before, a line is one piece. */
  value(text: string): Locator {
    return this.nextEvent.getByText(`"${text}"`, { exact: true });
  }

  /** What would change by the next step, once the sandbox has said so. */
  forecastOf(label: string): Locator {
    return this.forecast.getByRole("listitem").filter({ hasText: label });
  }

  change(label: string): Locator {
    return this.changes.filter({ hasText: label });
  }

  tab(name: "Steps" | "Data" | "Runs"): Locator {
    return this.page.getByRole("radio", { name, exact: true });
  }

  async setOption(label: string, value: string): Promise<void> {
    await this.options.click();
    await this.optionsForm.getByLabel(label, { exact: true }).fill(value);
    await this.page.keyboard.press("Escape");
    await this.optionsForm.waitFor({ state: "hidden" });
  }
}
