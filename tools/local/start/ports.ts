import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** Throws an error that names every port that cannot be used, and the port's option. */
export async function assertFree(ports: readonly (readonly [option: string, port: string])[]) {
  for (const [index, [option, port]] of ports.entries()) {
    const [same] = ports.slice(0, index).find(([, other]) => Number(other) === Number(port)) ?? [];
    if (same !== undefined && Number(port) !== 0)
      throw new Error(`${same} and ${option} are both ${port}. Give each its own port.`);
  }
  const claims = await Promise.allSettled(ports.map(([option, port]) => claimPort(port, option)));
  const failed = ports.filter((_, index) => claims[index]?.status === "rejected");
  const numbers = failed.map(([, port]) => port).join(", ");
  const options = failed.map(([option]) => `${option} 0`).join(" ");
  if (failed.length > 1)
    throw new Error(
      `Ports ${numbers} cannot be used, perhaps because the app already runs in another terminal. Stop it there, or add ${options} to use free ports.`,
    );
  for (const claim of claims) if (claim.status === "rejected") throw claim.reason as Error;
}

/** Returns the port. For the port 0, returns any free port. Throws if the port cannot be used. */
export async function claimPort(port: string, option: string): Promise<string> {
  const server = createServer().listen(Number(port), "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === "EADDRINUSE"
        ? `Port ${port} is in use, perhaps by the app in another terminal. Stop that program, or add ${option} 0 to use a free port.`
        : `Port ${port} cannot be used (${code}). Choose another port with ${option}.`,
    );
  });
  const { port: claimed } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(claimed);
}
