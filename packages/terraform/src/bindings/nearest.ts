/** The candidate that was most likely meant, when one is near enough to be worth asking about. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(written.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(plain(written), plain(candidate));
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** `import_from`, `import-from` and `ImportFrom` are all written for `importFrom`. */
function plain(key: string): string {
  return key.replace(/[_-]/g, '').toLowerCase();
}

/** Insertions, deletions and replacements from one to the other. @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
