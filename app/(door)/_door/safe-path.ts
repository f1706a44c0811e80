const HERE = "http://here.invalid";

/** A path on this site, or the home page: a link must not send people elsewhere after signing in. */
export function safePath(path: string | string[] | undefined): string {
  if (typeof path !== "string" || !path.startsWith("/")) return "/";
  const target = URL.parse(path, HERE);
  return target?.origin === HERE ? `${target.pathname}${target.search}${target.hash}` : "/";
}
