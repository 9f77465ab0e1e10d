import { rangeOf } from '../segments/subnet';

/** Whether a prefix holds another, or an address. */
export function covers(whole: string, part: string): boolean {
  const [around, at] = [rangeOf(whole), rangeOf(part)];
  return around.family === at.family && around.first <= at.first && at.last <= around.last;
}
