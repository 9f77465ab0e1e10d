/** The name that was most likely meant: the one with the most pairs of letters in common, when they are half of them or more. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const scored = names.map(name => ({ name, score: likeness(written, name) }));
  return scored.filter(({ score }) => score >= 0.5).sort((a, b) => b.score - a.score)[0]?.name;
}

/** From 0 to 1. @see https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient */
function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  const rest = [...right];
  const common = left.filter(pair => rest.includes(pair) && rest.splice(rest.indexOf(pair), 1));
  return (2 * common.length) / Math.max(1, left.length + right.length);
}

function pairs(text: string): string[] {
  const lower = text.toLowerCase();
  return Array.from({ length: Math.max(0, lower.length - 1) }, (_, i) => lower.slice(i, i + 2));
}
