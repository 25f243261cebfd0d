// @ts-check
// `npm run screenshots`: the pictures of the documents, from the real program on a profile of its own.
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./find-chromium.mjs";
import { buildStale } from "./prepare-build.mjs";
import { root, runCommand } from "./run-command.mjs";

const program = join(root, "dist", "node", "cli.mjs");
const pictures = join(root, "docs", "pictures");
const folder = mkdtempSync(join(tmpdir(), "bellhop-pictures-"));
const places = ["--profile", join(folder, "profile"), "--workspace", join(folder, "shop-journeys")];

const bellhop = (/** @type {readonly string[]} */ ...args) =>
  runCommand(process.execPath, [program, ...args, ...places]);

/** What a morning's work leaves in the log: some of each outcome. */
const fillLog = async () => {
  const sends = [
    ["VIEW", "--set", "page=https://shop.example/"],
    ["SEARCH", "--set", "search_term=linen shirt", "--set", "num_results=12"],
    ["ADD", "--set", 'product={"sku":"TEE-001","name":"Tee","price":19.9}'],
    ["VIEW", "--set", "page=https://shop.example/sale", "--set", "pos=bellhop-eu"],
    ["IDENTITY", "--set", "email=ada@lovelace", "--set", "firstname=Ada", "--no-validate"],
    ["ORDER_CHECKOUT", "--set", "reference_id=A-10293", "--set", "total_price=59.7"],
    ["shop:WISHLIST_ADD", "--set", 'ext={"sku":"HAT-014"}'],
    [
      "VIEW",
      "--env",
      "staging",
      "--browser-id",
      "b-1",
      "--session-id",
      "s-1",
      "--set",
      "page=https://shop.example/",
    ],
  ];
  process.env["BELLHOP_CLIENT_KEY_STAGING"] = "not-a-real-key";
  process.env["BELLHOP_API_TOKEN_STAGING"] = "not-a-real-token";
  const staging = [
    "--url",
    "http://127.0.0.1:9",
    "--pos",
    "shop-eu",
    "--channel",
    "WEB",
    "--currency",
    "EUR",
  ];
  await bellhop("env", "add", "staging", ...staging);
  for (const send of sends) await bellhop("send", ...send);
};

/**
 * A guest's story, told to the sandbox from outside: a visitor becomes known, comes back on a second device and buys.
 *
 * @param {string} origin of the running sandbox
 */
const tellStory = async (origin) => {
  const call = async (/** @type {string} */ path, /** @type {RequestInit} */ options = {}) =>
    (await fetch(`${origin}${path}`, options)).json();
  const newBrowser = async () => (await call("/v1.2/browser/create.json?client_key=sandbox")).ref;
  const headers = { authorization: `Basic ${Buffer.from("sandbox:sandbox").toString("base64")}` };
  const post = async (
    /** @type {object} */ device,
    /** @type {object} */ event,
    /** @type {string} */ pause,
  ) => {
    const body = JSON.stringify({ currency: "EUR", language: "EN", ...device, ...event });
    await call("/v1.2/event/create.json", { method: "POST", headers, body });
    await call("/_sandbox/summary?settle=5s");
    await call("/_sandbox/clock", { method: "POST", body: JSON.stringify({ advance: pause }) });
  };
  const laptop = { browser_id: await newBrowser(), session_id: "laptop", channel: "WEB", pos: "bellhop" };
  const kiosk = { browser_id: await newBrowser(), session_id: "kiosk", channel: "MOBILE_WEB", pos: "kiosk" };
  const email = "ada@lovelace.example";
  const known = {
    email,
    firstname: "Ada",
    lastname: "Lovelace",
    gender: "Female",
    date_of_birth: "1990-12-10",
  };
  await post(laptop, { type: "VIEW", page: "https://shop.example/" }, "3m");
  await post(laptop, { type: "SEARCH", search_term: "straw hat" }, "2m");
  await post(laptop, { type: "IDENTITY", ...known, ext: { newsletter: true } }, "5m");
  await post(laptop, { type: "VIEW", page: "https://shop.example/hats" }, "12m");
  await post(kiosk, { type: "VIEW", page: "https://shop.example/kiosk" }, "2m");
  await post(kiosk, { type: "ADD", product: { sku: "TEE-001", name: "Tee", price: 19.9 } }, "1m");
  await post(kiosk, { type: "ADD", product: { sku: "HAT-014", name: "Straw hat", price: 12 } }, "2m");
  await post(kiosk, { type: "IDENTITY", email, lastname: "King", ext: { loyaltyTier: "gold" } }, "4m");
  const items = [{ sku: "TEE-001", quantity: 1, price: 19.9 }];
  const order = {
    reference_id: "A-10294",
    total_price: 31.9,
    payment_type: "CREDIT_CARD",
    status: "CONFIRMED",
  };
  await post(kiosk, { type: "ORDER_CHECKOUT", ...order, ordered_at: "2026-11-25T10:15:30Z", items }, "1m");
};

const startHost = async (/** @type {readonly string[]} */ at = places) => {
  const host = spawn(process.execPath, [program, ...at, "open", "--no-open", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of host.stdout) {
    const address = /(http:\S+)\n/.exec(String(chunk))?.[1];
    if (address) return { address, host };
  }
  throw new Error("Bellhop printed no address.");
};

/** @param {import("@playwright/test").Page} page @param {string} key @param {number} times */
const press = async (page, key, times = 1) => {
  for (let count = 0; count < times; count++) await page.keyboard.press(key);
};

/** An identity with an e-mail that is wrong, and the values that there are for the gender. @param {import("@playwright/test").Page} page */
const compose = async (page) => {
  await page
    .getByRole("button", { name: /^IDENTITY/ })
    .first()
    .click();
  const editor = page.getByRole("textbox", { name: /event/i });
  await editor.waitFor();
  await editor.focus();
  await press(page, "Control+Home");
  await press(page, "ArrowDown", 2);
  await press(page, "End");
  await press(page, "ArrowLeft", 2);
  await press(page, "Backspace", ".example.com".length);
  await press(page, "ArrowDown", 4);
  await press(page, "End");
  await press(page, "ArrowLeft", 2);
  await press(page, "Backspace", "Female".length);
  await page
    .getByText(/must be an e-mail/)
    .first()
    .waitFor();
  await press(page, "Control+Space");
  await page.getByRole("option", { name: /Female/ }).waitFor();
};

/** @param {"dark" | "light"} theme @param {import("@playwright/test").Browser} browser @param {string} address */
const takeAll = async (theme, browser, address) => {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const take = (/** @type {string} */ name) =>
    page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
  await page.goto(address);
  await page.getByRole("button", { name: "Compose" }).click();
  await page.getByRole("grid").waitFor();
  await compose(page);
  await take("compose");
  await press(page, "Escape");
  await page.getByRole("row").filter({ hasText: "bellhop-eu" }).click();
  await page.getByRole("tab", { name: "Verdict" }).waitFor();
  await page.keyboard.press("Control+Shift+J");
  await take("entry");
  await page.keyboard.press("Control+Shift+J");
  await page.getByRole("button", { name: "Close the entry" }).click();
  await page.keyboard.press("Control+5");
  await page.getByText("staging").first().click();
  await take("environments");
  await page.keyboard.press("Control+4");
  await page.getByText("Points of sale").waitFor();
  await take("sandbox");
  await page.keyboard.press("Control+3");
  await page.getByText("ada@lovelace.example", { exact: true }).click();
  await page.getByText(/^In the log$/).waitFor();
  await page.getByRole("slider").first().press("ArrowLeft");
  await page.getByText(/became one\.$/).waitFor();
  await take("guest");
  await page.getByRole("button", { name: "Present from here" }).click();
  await page.getByText("What changed").waitFor();
  await take("presenter");
  await context.close();
};

/** Lets the sample pause before the sign-up. @param {string} profile */
const setBreakpoint = (profile) => {
  const file = join(profile, "workspace", "scenarios", "first-purchase.scenario.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("    send: IDENTITY\n", "    breakpoint: true\n    send: IDENTITY\n"));
};

/**
 * The first start, its sample paused at a breakpoint, and the same on the stage: on a profile in which nothing has
 * happened yet.
 *
 * @param {"dark" | "light"} theme
 * @param {import("@playwright/test").Browser} browser
 */
const takeSample = async (theme, browser) => {
  const profile = join(folder, `first-start-${theme}`);
  const { address, host } = await startHost(["--profile", profile]);
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const take = (/** @type {string} */ name) =>
    page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
  await page.goto(address);
  await page.getByRole("button", { name: "Play First purchase" }).waitFor();
  await take("first-start");
  setBreakpoint(profile);
  await page.keyboard.press("F5");
  await page.getByText("at breakpoint").first().waitFor();
  await page
    .getByText(/would change/)
    .first()
    .waitFor();
  await take("scenario");
  await page.keyboard.press("Alt+p");
  await page.getByRole("dialog", { name: "Presenting First purchase" }).waitFor();
  await page.keyboard.press("Space");
  await page.getByRole("heading", { name: "Signs up" }).waitFor();
  await page.getByRole("list", { name: "What changed" }).waitFor();
  await take("presenter-scenario");
  await context.close();
  host.kill("SIGINT");
  await once(host, "exit");
};

await buildStale();
mkdirSync(pictures, { recursive: true });
await fillLog();
const { address, host } = await startHost();
await tellStory(JSON.parse((await bellhop("env", "show", "sandbox", "--json")).output).baseUrl);
const executablePath = await findChromium();
const browser = await chromium.launch({ ...(executablePath !== null && { executablePath }) });
await takeAll("dark", browser, address);
const again = await bellhop("open", "--no-open");
await takeAll("light", browser, /(http:\S+)/.exec(again.output)?.[1] ?? "");
host.kill("SIGINT");
await once(host, "exit");
await takeSample("dark", browser);
await takeSample("light", browser);
await browser.close();
rmSync(folder, { recursive: true, force: true });
console.log(`The pictures are in ${pictures}`);
