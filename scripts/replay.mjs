import { runBeside } from "./lib/run-beside.mjs";
import { Expected, explain, say } from "./lib/say.mjs";

const USAGE = `npm run replay -- --project ID    rebuilds the loop of a project (its id, or its name in the address) from
                                  its log alone, and says "identical" or what differs first`;

try {
  const args = process.argv.slice(2);
  if (args.length !== 2 || args[0] !== "--project") throw new Expected(USAGE);
  say((await runBeside("server/replay/main.ts", args)).said);
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
}
