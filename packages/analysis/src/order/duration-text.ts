/** A number of seconds for people: `45 s`, `5 min`, `1 h 20 min`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
