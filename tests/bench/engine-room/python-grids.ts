import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { pythonEnvironment } from "@/scripts/lib/python.mjs";

export type Kind = "onnxruntime" | "torch";

/** The same grid in Python (`teacup-testbed bench`), drawn when it is asked for. */
export async function startPython(folder: string, threads: number) {
  const env: NodeJS.ProcessEnv = await pythonEnvironment();
  const module = ["-m", "teacup_testbed.cli", "bench", "--from", folder];
  const child = spawn("python", [...module, "--threads", String(threads)], { env });
  child.stderr.pipe(process.stderr);
  const lines = linesOf(child);
  await lines.next();
  return {
    async seconds(kind: Kind): Promise<number> {
      child.stdin.write(`${kind}\n`);
      const { value } = await lines.next();
      return JSON.parse(value ?? "{}").seconds ?? Number.NaN;
    },
    close: () => child.stdin.end(),
  };
}

function linesOf(child: ChildProcessWithoutNullStreams): AsyncIterator<string, undefined> {
  return createInterface({ input: child.stdout })[Symbol.asyncIterator]();
}
