import { createServer, request as httpRequest } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/** What a proxy was asked for. */
export interface Asked {
  method: string;
  /** `host:port` of a tunnel, or the whole address of a request to forward. */
  target: string;
  authorization: string | undefined;
}

export interface TestProxy {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  port: number;
  asked: Asked[];
  close(): Promise<void>;
}

interface ProxyOptions {
  /** Whom it lets through, as `NAME:PASSWORD`; everybody where absent. */
  login?: string;
  /** What it asks a password by. */
  scheme?: string;
  /** Refuses every way with this status. */
  refusal?: number;
  /** Where every tunnel ends, whatever was asked for: a proxy that looks into connections, or a name made up. */
  to?: number;
}

/** An HTTP proxy on a real socket: tunnels by CONNECT, and plain http forwarded. */
export const startTestProxy = async (options: ProxyOptions = {}): Promise<TestProxy> => {
  const { login, scheme = 'Basic realm="proxy"', refusal, to } = options;
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString("base64")}`;

  /** The status it refuses with; null where it lets through. */
  const look = (method: string, target: string, authorization: string | undefined): number | null => {
    asked.push({ method, target, authorization });
    if (refusal !== undefined) return refusal;
    return wanted !== undefined && authorization !== wanted ? 407 : null;
  };

  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const authorization = headers["proxy-authorization"];
    const refused = look(method, url, authorization);
    if (refused !== null) {
      response.writeHead(refused, { "proxy-authenticate": scheme }).end(`You said: ${authorization}`);
      return;
    }
    const { hostname, port, pathname, search } = new URL(url);
    const forwarded = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !name.startsWith("proxy-")),
    );
    const upstream = httpRequest(
      { hostname, port: to ?? port, method, path: pathname + search, headers: forwarded, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(upstream);
  });
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("connect", ({ url = "", headers }, socket: Socket) => {
    const refused = look("CONNECT", url, headers["proxy-authorization"]);
    socket.on("error", () => undefined);
    if (refused !== null) {
      socket.end(`HTTP/1.1 ${refused} No\r\nproxy-authenticate: ${scheme}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(to ?? Number(url.split(":").at(-1)), "localhost", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on("error", () => socket.destroy());
    sockets.add(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
