import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { createCertificates } from "../sandbox/azure/certificates.ts";
import { startProcess } from "./app.ts";
import { hookBody } from "../sandbox/okta.ts";
import { until } from "./until.ts";

// In production all that goes to 8x8 goes over TLS, the preconnect's handshake first.
describe("8x8 over TLS", () => {
  let server: Server;
  let directory: string;
  let sandboxPort: number;
  const handshakes: TLSSocket[] = [];

  beforeEach(async () => {
    handshakes.length = 0;
    const certificates = await createCertificates();
    directory = await mkdtemp(join(tmpdir(), "tls-"));
    await writeFile(join(directory, "ca.pem"), certificates.ca);
    server = createServer({ ...certificates, ca: undefined }, (socket) => {
      handshakes.push(socket);
      const behind = connect(sandboxPort, "127.0.0.1");
      // The sandbox answers to its own name alone.
      const renamed = new Transform({
        transform(chunk: Buffer, _, done) {
          const text = chunk.toString("latin1").replace(/^host: .*$/im, `Host: 127.0.0.1:${sandboxPort}`);
          done(null, Buffer.from(text, "latin1"));
        },
      });
      socket
        .on("error", () => behind.destroy())
        .pipe(renamed)
        .pipe(behind);
      behind.on("error", () => socket.destroy()).pipe(socket);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(async () => {
    for (const socket of handshakes) socket.destroy();
    server.close();
    await rm(directory, { recursive: true });
  });

  async function start(settings: Record<string, string>) {
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const app = await startProcess({ EIGHT_BY_EIGHT_SMS_URL: url, EIGHT_BY_EIGHT_VOICE_URL: url, ...settings });
    sandboxPort = Number(new URL(app.eightByEight.url).port);
    return app;
  }

  test("the first hook finds the handshake done, by TLS 1.3 and with the host's name, and later ones do too", async () => {
    const app = await start({ NODE_EXTRA_CA_CERTS: join(directory, "ca.pem") });
    try {
      await until(() => handshakes.length >= 2);
      expect(handshakes.map((socket) => socket.getProtocol())).toEqual(["TLSv1.3", "TLSv1.3"]);
      expect(handshakes.map((socket) => (socket as { servername?: unknown }).servername)).toEqual([
        "localhost",
        "localhost",
      ]);
      expect((await app.post(hookBody())).judged.answer).toBe("successful");
      await sleep(4_500);
      expect((await app.post(hookBody())).judged.answer).toBe("successful");
      expect((await app.post(hookBody({ messageProfile: { deliveryChannel: "CALL" } }))).judged.answer).toBe(
        "successful",
      );
      expect(app.eightByEight.messages).toHaveLength(3);
    } finally {
      await app.stop();
    }
  });

  test("a certificate that nobody vouches for is 503, and nothing is sent", async () => {
    const app = await start({});
    try {
      expect((await app.post(hookBody())).status).toBe(503);
      expect(app.eightByEight.requests).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});
