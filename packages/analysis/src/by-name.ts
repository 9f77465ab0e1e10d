/** Order of names as people count: `pve-2` before `pve-10`. By code unit where no digits are compared. */
export function byName(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    const difference = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : 0;
    if (difference !== 0) return difference;
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function parts(name: string): string[] {
  return name.match(/\d+|\D+/g) ?? [];
}
