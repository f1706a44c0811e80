/** The longest address that the path is or lies under; null when none fits. */
export function activeHref(path: string, hrefs: readonly string[]): string | null {
  const fitting = hrefs.filter((href) => path === href || path.startsWith(`${href}/`));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}
