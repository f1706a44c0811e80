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
  reactStrictMode: true,
};
