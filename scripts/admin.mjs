import { runBeside } from "./lib/run-beside.mjs";
import { Expected, explain, say } from "./lib/say.mjs";

const USAGE = `npm run admin -- list          who has an account
npm run admin -- reset MAIL    a link that sets a new password
npm run admin -- recount       counts every counter anew, when one has drifted`;

try {
  await main(process.argv.slice(2));
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
}

async function main([command, mail]) {
  if (command !== "list" && command !== "recount" && !(command === "reset" && mail))
    throw new Expected(USAGE);
  const args = mail === undefined ? [command] : [command, mail];
  const { said, isRunning } = await runBeside("server/auth/admin-command.ts", args);
  say(said);
  if (command === "reset" && !isRunning && process.env.DATABASE_URL === undefined)
    say("Teacup is not running: start it, then open the link.");
}
