import { fork, type ForkOptions } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/**
 * A process of its own, which says one thing when it is ready and then answers one question at a
 * time.
 */
export interface Child<Ready> {
  readonly pid: number;
  readonly ready: Ready;
  ask<Answer>(question: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** It ends with this process: the channel to it closes, even when this one is killed. */
export async function startChild<Ready>(
  file: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Child<Ready>> {
  // Nobody reads what it prints: to the tutorial, which prints a lot, this is /dev/null.
  const options: ForkOptions = {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  };
  const child = fork(resolve(import.meta.dirname, file), options);
  const ended = once(child, "exit");
  const dead = ended.then(() => {
    throw new Error(`${file} has ended.`);
  });
  dead.catch(() => undefined);
  const said = async <T>(): Promise<T> =>
    ((await Promise.race([once(child, "message"), dead])) as [T])[0];
  const ready = await said<Ready>();
  return {
    pid: child.pid ?? 0,
    ready,
    ask: (question) => {
      child.send(question);
      return said();
    },
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}

/** The other side of it. */
export function answerParent(answer: (question: never) => unknown): void {
  process.on("message", (question) => {
    void Promise.resolve(answer(question as never)).then((said) => process.send?.(said ?? null));
  });
  process.on("disconnect", () => process.exit());
  // An interrupt is for the parent to take.
  process.on("SIGINT", () => undefined);
}
