// @ts-check
// The limit of one connection: sends, looks at two things in the answer, and keeps nothing.
import { Pool } from "undici";

const [address = "", count = "0", authorization = ""] = process.argv.slice(2);
const { origin, pathname: path } = new URL(address);
const pool = new Pool(origin, { connections: 1 });
const headers = { "content-type": "application/json", authorization };
for (let sent = 0; sent < Number(count); sent++) {
  const body = JSON.stringify({ type: "VIEW", page: `https://shop.example/${sent}` });
  const answer = await pool.request({ method: "POST", path, headers, body });
  const { status } = /** @type {{ status: string }} */ (await answer.body.json());
  if (answer.statusCode !== 201 || status !== "OK") throw new Error(`Answered ${answer.statusCode}.`);
}
await pool.close();
