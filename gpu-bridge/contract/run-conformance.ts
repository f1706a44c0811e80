import { checkEndpoint } from "./conformance";
import { checkScorers } from "./conformance-scores";

// `npm run conformance -- URL [PROMPT]` against an endpoint that draws, with `--scores A,B` instead of
// a prompt against one that scores.
const [url, prompt, names] = process.argv.slice(2);
if (!url) {
  console.error(
    "Give the endpoint's address: npm run conformance -- http://127.0.0.1:5000 [PROMPT]",
  );
  process.exit(2);
}

const checks =
  prompt === "--scores"
    ? await checkScorers(url, (names ?? "clipscore").split(","))
    : await checkEndpoint(url, prompt ? { prompt } : {});
for (const { name, ok, detail } of checks) {
  console.log(`${ok ? "ok    " : "FAILED"} ${name}${detail && `: ${detail}`}`);
}
process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;
