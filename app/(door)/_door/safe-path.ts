const HERE = "http://here.invalid";

/** A path on this site, or the home page: a link must not send people elsewhere after signing in. */
export function safePath(path: string | string[] | undefined): string {
  if (typeof path !== "string" || !path.startsWith("/")) return "/";
  const target = URL.parse(path, HERE);
  // "/..//elsewhere" is ours as a whole, but its path alone would be read as another host.
  if (target?.origin !== HERE || target.pathname.startsWith("//")) return "/";
  return `${target.pathname}${target.search}${target.hash}`;
}
