import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** Returns the port, or a free one for port 0. Throws if the port cannot be used. */
export async function claimPort(port: string, option: string): Promise<string> {
  const server = createServer().listen(Number(port), "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    throw new Error(whyNot(port, option, error));
  });
  const { port: claimed } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(claimed);
}

function whyNot(port: string, option: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return `Port ${port} is in use, perhaps by another npm start. Stop that program, or add ${option} 0 to use a free port.`;
  if (code === "EACCES")
    return `Only an administrator can use port ${port}. Choose a port above 1023 with ${option}.`;
  return `Port ${port} cannot be used (${String(code)}). Choose another port with ${option}.`;
}
