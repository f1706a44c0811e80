import { supervise } from "./lib/supervise.mjs";

await supervise("start");
