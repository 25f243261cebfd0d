import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeAuthority } from "./certificates-for-tests";
import { readAuthorities } from "./trusted-authorities";

let folder: string;
let pem: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-authorities-"));
  pem = (await makeAuthority("Corp CA", "Corp Ltd")).cert.trim();
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

it("the system's store is read where Node can, beside Node's own", async () => {
  const { certificates, from } = await readAuthorities({}, () => [pem]);
  expect(certificates).toContain(pem);
  expect(certificates.length).toBeGreaterThan(100);
  expect(from).toBe("Node's own and the system's");
});

it("else the first usual file that holds certificates is taken, and named", async () => {
  const broken = await file("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  const bundle = await file(
    "bundle.pem",
    `# Corp\n${pem}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
  );
  const { certificates, from } = await readAuthorities({}, null, [join(folder, "none"), broken, bundle]);
  expect(certificates.filter((each) => each === pem)).toHaveLength(1);
  expect(from).toBe(`Node's own and the system's (${bundle})`);
});

it("files that the variables name are added, and one that cannot be read is said", async () => {
  const extra = await file("extra.pem", pem);
  const variables = { NODE_EXTRA_CA_CERTS: extra, SSL_CERT_FILE: join(folder, "gone.pem") };
  const { certificates, from, problem } = await readAuthorities(variables, null, []);
  expect(certificates).toContain(pem);
  expect(from).toBe("Node's own and those of NODE_EXTRA_CA_CERTS");
  expect(problem).toContain("SSL_CERT_FILE names");
});

it("without any of them there are Node's own, and it says so", async () => {
  expect((await readAuthorities({}, null, [])).from).toBe("Node's own alone");
});
