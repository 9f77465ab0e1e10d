/** The nearest of some domains that a name is, or lies in. */
export function enclosing(name: string, domains: { has(domain: string): boolean }): string | undefined {
  for (let at = name; ; at = at.slice(at.indexOf('.') + 1)) {
    if (domains.has(at)) return at;
    if (!at.includes('.')) return undefined;
  }
}
