import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** Throws where somebody listens on the port already. What it was, or is for a port of 0: one that is free. */
export async function claimPort(port: string, option: string): Promise<string> {
  const server = createServer().listen(Number(port), "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw taken ? new Error(`Port ${port} is taken. Give another with ${option}.`) : error;
  });
  const { port: claimed } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(claimed);
}
