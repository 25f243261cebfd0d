// @ts-check
// The limit: reads a body, answers what the Stream API answers, and does nothing else.
import { createServer } from "node:http";

const answer = JSON.stringify({ ref: "5b0c3f0e", status: "OK", version: "1.2", client_key: "sandbox" });
let posts = 0;
const server = createServer((request, response) => {
  // How many events it has answered, for who wants to know whether all have come.
  if (request.url === "/count") return response.end(String(posts));
  if (request.method === "POST") posts++;
  return request
    .on("data", () => undefined)
    .on("end", () => response.writeHead(201, { "content-type": "application/json" }).end(answer));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`bare server at http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
process.on("SIGINT", () => process.exit(0));
