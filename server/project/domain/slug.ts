const MAX_LENGTH = 60;

// Addresses under /p/<project>/ never clash with these, but /p/new would read like an order.
const RESERVED = new Set(["new"]);

/** "Tea & Cups, Zürich" -> "tea-cups-zurich"; a name without any letter or digit becomes "project". */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  if (slug === "") return "project";
  return RESERVED.has(slug) ? `${slug}-project` : slug;
}

/** The name's own slug first, then "-2", "-3" and so on. */
export function* slugCandidates(name: string): Generator<string> {
  const slug = slugOf(name);
  yield slug;
  for (let number = 2; ; number++) yield `${slug}-${number}`;
}
