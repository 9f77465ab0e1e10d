import type { Verdict } from '../verdict';
import { type Answer, type KubernetesObject, told } from './api-client';
import type { ControlPlane } from './control-plane';

/** Puts an object into the cluster of a test, for others to need. */
export async function applied(plane: ControlPlane, object: KubernetesObject): Promise<Answer> {
  const answer = await plane.client.apply(object, false);
  if (answer.status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${told(answer)}`);
  return answer;
}

/** The API server takes each of the objects, strictly. */
export async function expectAccepted(
  plane: ControlPlane,
  verdict: Verdict,
  objects: readonly (readonly [file: string, object: KubernetesObject])[],
): Promise<void> {
  const answers = await Promise.all(objects.map(async ([file, object]) => [file, await plane.client.apply(object, true)] as const));
  const refused = answers.filter(([, { status }]) => status >= 300).map(([file, answer]) => `${file}: ${told(answer)}`);
  verdict.took(objects.length, refused.length);
  expect(refused).toEqual([]);
}

/** The API server refuses a broken object, and says why. */
export async function expectRefused(plane: ControlPlane, verdict: Verdict, broken: KubernetesObject, reason: RegExp): Promise<void> {
  const answer = await plane.client.apply(broken, true);
  verdict.sawBroken(answer.status >= 400);
  expect(told(answer)).toMatch(reason);
  expect(answer.status).toBeGreaterThanOrEqual(400);
}
