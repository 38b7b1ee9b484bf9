import { spawn } from "node:child_process";

/**
 * What a person types at a prompt, by words of the prompt. If the prompt appears several times, a
 * list has the answers in order. At all other prompts, the person presses Enter.
 */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

export function typeAnswers(
  command: string,
  answers: Answers,
  cwd: string,
  env: Record<string, string>,
): Promise<{
  readonly status: number | null;
  readonly screen: string;
  readonly questions: readonly string[];
}> {
  return new Promise((resolve, reject) => {
    const words = ["--quiet", "--return", "--command", command, "/dev/null"];
    // The timeout ends a command that still waits for an answer.
    const terminal = spawn("script", words, { cwd, env, timeout: 240_000 });
    let screen = "";
    const questions: string[] = [];
    let answered = 0;
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      const question = /[^\n]*(?:: |\[y\/N\] )$/.exec(screen.slice(answered))?.[0];
      if (question === undefined) return;
      answered = screen.length;
      questions.push(question.replace(/( \[.*\])?(: | )$/, ""));
      // A question that refuses every answer would repeat forever.
      if (questions.length > 100) terminal.kill();
      const [about, known = ""] =
        Object.entries(answers).find(([words]) => question.includes(words)) ?? [];
      const times = screen.split(about ?? question).length - 2;
      const answer = typeof known === "string" ? known : known[times];
      // The shell needs a moment to switch off the echo before a secret is typed.
      setTimeout(
        () => terminal.stdin.write(`${answer ?? ""}\n`),
        question.includes("(not shown)") ? 100 : 0,
      );
    });
    terminal.on("error", reject);
    terminal.on("close", (status) => {
      resolve({ status, questions, screen: screen.replaceAll("\r", "") });
    });
  });
}
