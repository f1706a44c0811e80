import { checkEndpoint } from "./conformance";
import { checkScorers } from "./conformance-scores";
import { checkTags } from "./conformance-tags";

// `npm run conformance -- URL [PROMPT [SIDE [A,B]]]` against an endpoint that draws, SIDE in pixels, A and B
// two concepts that stand in PROMPT; with `--scores A,B` instead of a prompt against one that scores (behind
// them the address of a generator that it has to judge unasked), and `--tags` against one that tags.
const [url, prompt, more, pair] = process.argv.slice(2);
if (!url) {
  console.error(
    "Give the endpoint's address: npm run conformance -- http://127.0.0.1:5000 [PROMPT]",
  );
  process.exit(2);
}

const checks = await check(url);
for (const { name, ok, detail } of checks) {
  console.log(`${ok ? "ok    " : "FAILED"} ${name}${detail && `: ${detail}`}`);
}
process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;

function check(url: string) {
  if (prompt === "--scores") return checkScorers(url, (more ?? "clipscore").split(","), pair);
  if (prompt === "--tags") return checkTags(url);
  const side = more ? { width: Number(more), height: Number(more) } : {};
  const concepts = pair ? { concepts: pair.split(",") } : {};
  return checkEndpoint(url, prompt ? { prompt, ...side, ...concepts } : {});
}
