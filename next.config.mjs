const isDev = process.env.NODE_ENV === "development";

// Next writes its page data as inline scripts; a nonce for them would forbid every static page. So
// inline scripts are allowed, but nothing is loaded from, sent to or framed by others.
const CONTENT_POLICY = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  `connect-src 'self'${isDev ? " ws:" : ""}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const SECURITY_HEADERS = Object.entries({
  "Content-Security-Policy": CONTENT_POLICY,
  "X-Content-Type-Options": "nosniff",
  // Links that hold a token must not leave with the visitor.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}).map(([key, value]) => ({ key, value }));

/** @type {import("next").NextConfig} */
export default {
  // Builds go to a folder per source hash: a rebuild for one home never breaks another's running one.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  images: { unoptimized: true },
  // `npm run check` runs the compiler; a build must not depend on it.
  typescript: { ignoreBuildErrors: true },
  // Otherwise Next writes each build's folder into tsconfig.json.
  experimental: { strictRouteTypes: true },
  serverExternalPackages: ["sharp", "pg-boss", "postgres"],
  poweredByHeader: false,
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
  reactStrictMode: true,
};
