// @ts-check
// The limit: reads a body, answers what the Stream API answers, and does nothing else.
import { createServer } from "node:http";

const answer = JSON.stringify({ ref: "5b0c3f0e", status: "OK", version: "1.2", client_key: "sandbox" });
const server = createServer((request, response) => {
  request
    .on("data", () => undefined)
    .on("end", () => response.writeHead(201, { "content-type": "application/json" }).end(answer));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`bare server at http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
process.on("SIGINT", () => process.exit(0));
