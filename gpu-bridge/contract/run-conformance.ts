import { checkEndpoint } from "./conformance";

// `npm run conformance -- URL [PROMPT]` against any endpoint.
const [url, prompt] = process.argv.slice(2);
if (!url) {
  console.error(
    "Give the endpoint's address: npm run conformance -- http://127.0.0.1:5000 [PROMPT]",
  );
  process.exit(2);
}

const checks = await checkEndpoint(url, prompt ? { prompt } : {});
for (const { name, ok, detail } of checks) {
  console.log(`${ok ? "ok    " : "FAILED"} ${name}${detail && `: ${detail}`}`);
}
process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;
