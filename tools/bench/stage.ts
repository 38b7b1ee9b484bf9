import { startChild, type Child } from "./child.ts";
import { startContestant, type Contestant, type Name } from "./contestants.ts";
import type { ClosedLoop, Load, OpenLoop } from "./load/generator.ts";
import { apiKey, hookSecret } from "./secrets.ts";
import type { Counts, Question } from "./stand-ins/8x8.ts";
import type { Azure } from "./stand-ins/azure.ts";

/** What is around the contestants, each in a process of its own: 8x8, Azure, and the load. */
export interface Stage {
  start(name: Name, over?: "http" | "https"): Promise<Contestant>;
  load(loop: ClosedLoop | OpenLoop): Promise<Load>;
  eightByEight(question?: Question, over?: "http" | "https"): Promise<Counts>;
  azure(): Promise<{ readonly events: number; readonly vaultReads: number }>;
  close(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const azure = await startChild<Azure>("stand-ins/azure.ts", { PATH: process.env["PATH"] });
  const { env, key, cert } = azure.ready;
  await azure.ask({
    secrets: { "okta-hook-secret": hookSecret, "eight-by-eight-api-key": apiKey },
  });
  const eightByEight = {
    http: await startChild<string>("stand-ins/8x8.ts"),
    https: await startChild<string>("stand-ins/8x8.ts", { TLS_KEY: key, TLS_CERT: cert }),
  };
  const generator = await startChild<string>("load/generator.ts");
  const running = new Set<Contestant>();

  return {
    async start(name, over = "http") {
      const started = await startContestant(name, {
        azure: env,
        eightByEight: eightByEight[over].ready,
      });
      const contestant: Contestant = {
        ...started,
        async stop() {
          running.delete(contestant);
          await started.stop();
        },
      };
      running.add(contestant);
      return contestant;
    },
    load: (loop) => generator.ask(loop),
    eightByEight: (question = {}, over = "http") => eightByEight[over].ask(question),
    azure: () => azure.ask({}),
    async close() {
      await Promise.all([...running].map((contestant) => contestant.stop()));
      const children: Child<unknown>[] = [azure, eightByEight.http, eightByEight.https, generator];
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}
