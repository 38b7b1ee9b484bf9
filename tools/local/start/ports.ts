import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/**
 * Throws where the port cannot be listened on. Returns the port itself, or for a port of 0 one that
 * is free.
 */
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
    return `Port ${port} is in use, perhaps by another npm start. Stop that program, or add ${option} 0, which takes a free port.`;
  if (code === "EACCES")
    return `Port ${port} needs an administrator. Give a port above 1023 with ${option}.`;
  return `Port ${port} cannot be opened (${String(code)}). Give another with ${option}.`;
}
