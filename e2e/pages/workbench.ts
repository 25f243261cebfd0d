import type { Locator, Page } from "@playwright/test";

export type Theme = "dark" | "light";

/** What stands round every view: the top bar, the views, the status bar, the question before production. */
export class Workbench {
  readonly environment: Locator;
  readonly environments: Locator;
  readonly theme: Locator;
  readonly status: Locator;
  readonly sandbox: Locator;
  /** Where the sandbox's clock is not the real time. */
  readonly sandboxClock: Locator;
  /** Asks before the first send to a production environment. */
  readonly consent: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    const top = page.getByRole("banner");
    this.environment = top.getByRole("button", { name: /^Environment: / });
    this.environments = page.getByRole("menu", { name: "Environment" });
    this.theme = top.getByRole("button", { name: "Theme" });
    this.status = page.getByRole("contentinfo", { name: "Status" });
    this.sandbox = this.status.getByRole("button", { name: /^Sandbox (running|stopped|starting|failed)/ });
    this.sandboxClock = this.status.getByRole("button", { name: /^Sandbox clock: / });
    this.consent = page.getByRole("alertdialog", { name: "Send to production?" });
  }

  view(name: "Compose" | "Scenarios" | "Guests" | "Sandbox" | "Environments" | "Settings"): Locator {
    return this.page.getByRole("navigation", { name: "Views" }).getByRole("button", { name });
  }

  async switchTo(environment: string): Promise<void> {
    await this.environment.click();
    await this.environments.getByRole("menuitem", { name: environment }).first().click();
    await this.page
      .getByRole("button", { name: new RegExp(`^Environment: (PRODUCTION ?)?${environment}`) })
      .waitFor();
  }

  async chooseTheme(theme: Theme): Promise<void> {
    await this.theme.click();
    const menu = this.page.getByRole("menu", { name: "Theme" });
    await menu.getByRole("menuitem", { name: theme === "dark" ? "Dark" : "Light" }).click();
    await menu.waitFor({ state: "hidden" });
  }

  /** The address at which this Bellhop's sandbox listens. */
  async sandboxUrl(): Promise<string> {
    await this.status.getByRole("button", { name: /^Sandbox running on/ }).waitFor();
    const words = await this.sandbox.textContent();
    return `http://${/127\.0\.0\.1:\d+/.exec(words ?? "")?.[0]}`;
  }
}
