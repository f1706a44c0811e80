import { supervise } from "./lib/supervise.mjs";

await supervise("dev");
