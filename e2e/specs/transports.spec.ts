import { expect, test } from "../fixtures/app";
import { startScriptedServer, type Reply } from "../fixtures/scripted-server";
import { expectAccessible } from "../pages/accessibility";
import { pagesOf } from "../pages/pages";

type Pages = ReturnType<typeof pagesOf>;

const clientKey = "canary-client-key-4711";
const apiToken = "canary-api-token-0815";
const contextId = "canary-context-id-2342";

/** A tenant that has a page for people where `spec` posts to, and takes events by the documented ways. */
const startTenant = () =>
  startScriptedServer(({ method, url }): Reply => {
    if (url.includes("browser/create")) {
      return { status: 200, body: '{"ref":"b-1","customer_ref":"g-1","status":"OK"}' };
    }
    if (method === "POST" && url.startsWith("/v1.2/event/create.json")) {
      return {
        status: 405,
        headers: { "content-type": "text/html" },
        body: "<!doctype html><title>Method not allowed</title>",
      };
    }
    return { status: 201, body: '{"ref":"e-1","status":"OK"}' };
  });

const addEnvironment = async ({ environments, workbench }: Pages, name: string, baseUrl: string) => {
  await workbench.view("Environments").click();
  await environments.add.click();
  await environments.name.fill(name);
  await environments.baseUrl.fill(baseUrl);
  await environments.field("pos").fill("bellhop");
};

test("by mouse, dark: a send that its transport fails is explained, and goes by another one in one click", async ({
  app: { page },
}) => {
  const tenant = await startTenant();
  const pages = pagesOf(page);
  const { composer, environments, log, workbench } = pages;
  await workbench.chooseTheme("dark");
  await addEnvironment(pages, "staging", tenant.url);
  await environments.save.click();
  await environments.credential.getByRole("button", { name: "Add" }).click();
  await environments.credentialDialog.getByLabel("Client key").fill(clientKey);
  await environments.credentialDialog.getByLabel("API token").fill(apiToken);
  await environments.credentialDialog.getByRole("button", { name: "Put into the vault" }).click();
  await expect(environments.credentialDialog).toBeHidden();

  await workbench.switchTo("staging");
  await workbench.view("Compose").click();
  await composer.create("VIEW");
  await composer.send.click();
  await expect(composer.failure).toContainText("the transport spec may be the wrong one");
  await expectAccessible(page, "a refused send");

  await composer.failure.getByRole("button", { name: "Try http-get" }).click();
  await expect(composer.outcome).toContainText(/201 in .* accepted/);
  await expect(composer.failure).toBeHidden();
  await expect(composer.send).toHaveText(/^Send by http-get/);
  const sent = new URL(tenant.requests.at(-1)?.url ?? "", tenant.url);
  expect(sent.searchParams.get("client_key")).toBe(clientKey);
  expect(JSON.parse(sent.searchParams.get("message") ?? "")).toMatchObject({
    type: "VIEW",
    browser_id: "b-1",
  });

  await composer.show("Request");
  await expect(composer.request).toContainText("client_key=***(matches staging)&message=%7B%22type%22");
  await expectAccessible(page, "a request by http-get");
  await composer.request.getByLabel("Transport").selectOption("engage");
  await expect(composer.request).toContainText(`POST${tenant.url}/v1.2/events`);
  await composer.send.click();
  await expect(log.row("VIEW", "staging", "201")).toHaveCount(2);
  expect(tenant.requests.at(-1)).toMatchObject({ method: "POST", url: "/v1.2/events" });
  expect(await page.content()).not.toContain(clientKey);
  await tenant.close();
});

test("by keyboard, light: an environment with the transport edge sends by context id and site", async ({
  app: { page },
}) => {
  const tenant = await startTenant();
  const pages = pagesOf(page);
  const { composer, environments, log, workbench } = pages;
  await workbench.chooseTheme("light");
  await addEnvironment(pages, "shop", tenant.url);
  await expect(environments.siteId).toBeHidden();
  await environments.transport("spec").focus();
  for (const name of ["engage", "http-get", "edge"] as const) {
    await page.keyboard.press("ArrowDown");
    await expect(environments.transport(name)).toBeFocused();
  }
  await page.keyboard.press("Space");
  await expect(environments.transport("edge")).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(environments.siteId).toBeFocused();
  await page.keyboard.type("my-shop");
  await expectAccessible(page, "an environment with the transport edge");
  await environments.save.press("Enter");
  await environments.credential.getByRole("button", { name: "Add" }).press("Enter");
  await environments.credentialDialog.getByLabel("Context id").fill(contextId);
  await page.keyboard.press("Enter");
  await expect(environments.credentialDialog).toBeHidden();
  await expect(environments.request).toContainText("siteId=my-shop");

  await workbench.switchTo("shop");
  await workbench.view("Compose").press("Enter");
  await composer.create("VIEW");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(log.row("VIEW", "shop", "201")).toHaveCount(1);
  const [browser, event] = tenant.requests;
  expect(browser?.url).toBe(`/v1/events/v1.2/browser/create.json?sitecoreContextId=${contextId}&client_key=`);
  expect(event?.url).toBe(`/v1/events/v1.2/events?sitecoreContextId=${contextId}&siteId=my-shop`);
  expect(await page.content()).not.toContain(contextId);
  await tenant.close();
});
