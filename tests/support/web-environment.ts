export const SETUP_TOKEN = "setup-token-for-the-tests";

/** What the web process finds in its environment; import it before anything reads `env()`. */
process.env.AUTH_SECRET ??= "a secret for tests that is long enough";
process.env.APP_URL ??= "http://localhost:3000";
process.env.SETUP_TOKEN ??= SETUP_TOKEN;
