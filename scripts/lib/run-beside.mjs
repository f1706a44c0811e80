import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { openDatabase } from "./database.mjs";
import { readInstance } from "./instance.mjs";
import { inRoot, productNode } from "./paths.mjs";
import { runProgram } from "./run-program.mjs";
import { Expected } from "./say.mjs";
import { readEnvFile, readSettings } from "./settings.mjs";

/**
 * Runs one of the server's programs on the database of this home, whether the product runs or not, and
 * answers what it printed. A program that ends with code 1 has said in its last line what is wrong.
 */
export async function runBeside(program, args) {
  readEnvFile();
  const settings = readSettings();
  if (!settings.databaseUrl && !existsSync(settings.home)) {
    throw new Expected(`There is no Teacup in ${settings.home} yet: run \`npm start\` first.`);
  }
  const database = await openDatabase();
  try {
    const running = readInstance(settings.home);
    const env = environmentOf(settings, running, database.url);
    const command = ["--import", "tsx", inRoot(program), ...args];
    return { isRunning: Boolean(running), said: await runProgram(productNode(), command, { env }) };
  } catch (error) {
    throw error.code === 1 ? new Expected(lastLine(error.message)) : error;
  } finally {
    await database.close();
  }
}

const environmentOf = ({ home, port }, running, databaseUrl) => ({
  ...process.env,
  TEACUP_HOME: home,
  DATABASE_URL: databaseUrl,
  // Such a program signs nothing; the variable only has to be there.
  AUTH_SECRET: randomBytes(32).toString("base64url"),
  APP_URL: process.env.APP_URL || running?.url || `http://localhost:${port}`,
});

function lastLine(text) {
  return text.trim().split("\n").at(-1);
}
