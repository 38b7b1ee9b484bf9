import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { Transform } from "node:stream";
import tls, { type TLSSocket } from "node:tls";
import { createCertificates } from "../tools/sandbox/azure/certificates.ts";
import { hookBody } from "../tools/sandbox/okta.ts";
import { startApp, type App } from "./app.ts";

// In production, every connection to 8x8 uses TLS. Other suites connect without TLS.
describe("8x8 over TLS", () => {
  let server: tls.Server;
  let app: App;
  let authority: string;
  const sockets: TLSSocket[] = [];
  /** TLS version, ALPN protocol and server name of each connection. */
  const handshakes: unknown[][] = [];
  const trusted = tls.getCACertificates("default");

  beforeEach(async () => {
    sockets.length = handshakes.length = 0;
    const certificates = await createCertificates();
    authority = certificates.ca;
    const ALPNProtocols = ["h2", "http/1.1"];
    server = tls.createServer({ ...certificates, ca: undefined, ALPNProtocols }, (socket) => {
      sockets.push(socket);
      const { servername } = socket as { servername?: unknown };
      handshakes.push([socket.getProtocol(), socket.alpnProtocol, servername]);
      const { port } = new URL(app.eightByEight.url);
      const behind = connect(Number(port), "127.0.0.1");
      // The stand-in for 8x8 accepts only requests to its own host name.
      const renamed = new Transform({
        transform(chunk: Buffer, _, done) {
          const text = chunk.toString("latin1").replace(/^host: .*$/im, `Host: 127.0.0.1:${port}`);
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
    await app.stop();
    for (const socket of sockets) socket.destroy();
    server.close();
    tls.setDefaultCACertificates(trusted);
  });

  async function start(): Promise<void> {
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    app = await startApp({ EIGHT_BY_EIGHT_SMS_URL: url, EIGHT_BY_EIGHT_VOICE_URL: url });
  }
  const answerOn = async (deliveryChannel: string) =>
    (await app.post(hookBody({ messageProfile: { deliveryChannel } }))).judged.answer;

  test("even if the host offers HTTP/2, the app uses TLS 1.3, HTTP/1.1 and the host's server name", async () => {
    tls.setDefaultCACertificates([authority]);
    await start();
    expect([await answerOn("SMS"), await answerOn("CALL")]).toEqual(["successful", "successful"]);
    const expected = ["TLSv1.3", "http/1.1", "localhost"];
    expect(handshakes).toEqual([expected, expected]);
    expect(app.eightByEight.messages).toHaveLength(2);
  });

  test("if 8x8's certificate is not trusted, the hook sends nothing, and answers with an error", async () => {
    await start();
    expect(await app.passing(answerOn("SMS"))).toBe("error");
    expect(app.eightByEight.requests).toEqual([]);
  });
});
