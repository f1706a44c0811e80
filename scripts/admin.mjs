import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { openDatabase } from "./lib/database.mjs";
import { readInstance } from "./lib/instance.mjs";
import { inRoot, productNode } from "./lib/paths.mjs";
import { runProgram } from "./lib/run-program.mjs";
import { Expected, explain, say } from "./lib/say.mjs";
import { readEnvFile, readSettings } from "./lib/settings.mjs";

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
  readEnvFile();
  const settings = readSettings();
  if (!settings.databaseUrl && !existsSync(settings.home)) {
    throw new Expected(`There is no Teacup in ${settings.home} yet: run \`npm start\` first.`);
  }
  const database = await openDatabase();
  try {
    await runCommand([command, mail], settings, database.url);
  } finally {
    await database.close();
  }
}

async function runCommand([command, mail], { home, port }, databaseUrl) {
  const running = readInstance(home);
  const env = {
    ...process.env,
    TEACUP_HOME: home,
    DATABASE_URL: databaseUrl,
    // The command signs nothing; the variable only has to be there.
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    APP_URL: process.env.APP_URL || running?.url || `http://localhost:${port}`,
  };
  const program = inRoot("server/auth/admin-command.ts");
  const args = mail === undefined ? [command] : [command, mail];
  try {
    say(await runProgram(productNode(), ["--import", "tsx", program, ...args], { env }));
  } catch (error) {
    // Exit code 1 with one sentence is the command's own answer.
    throw error.code === 1 ? new Expected(lastLine(error.message)) : error;
  }
  if (command === "reset" && !running && process.env.DATABASE_URL === undefined)
    say("Teacup is not running: start it, then open the link.");
}

function lastLine(text) {
  return text.trim().split("\n").at(-1);
}
