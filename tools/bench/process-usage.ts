import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Length in ms of the tick in which /proc counts CPU time, usually 10. */
const tickMs = 1_000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Returns the CPU time in ms that all threads of the process have used: proc_pid_stat(5). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // Begin after the name of the process, which is in parentheses and can contain spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Returns resident memory in MB of 1,000,000 bytes. The kernel's kB has 1,024 bytes. */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return (Number(kilobytes) * 1_024) / 1e6;
}
