import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../../network/test/golden';
import { published } from './published';

/** Manifests of a unit, one after another. */
const unit = (name: string) =>
  Object.entries(Testing.files(published().site))
    .filter(([path]) => path.startsWith(`kubernetes/prod/${name}/`))
    .map(([path, text]) => `# ${path}\n${text}`)
    .join('---\n');

describe('a site with all that the package makes', () => {
  test('has nothing wrong with it', () => {
    expect(Testing.findings(published().site)).toEqual([]);
  });

  test.each(['edge', 'envoy', 'inside'])('%s is as it was read and found right', name => {
    expectGolden(`../../../edge/test/golden/published/${name}.yaml`, unit(name));
  });

  test('is the same twice', () => {
    expect(Testing.files(published().site)).toEqual(Testing.files(published().site));
  });

  test('has no secret in it, only the names of Secrets', () => {
    const text = Object.values(Testing.files(published().site)).join('\n');
    for (const name of ['oidc', 'api-keys', 'users', 'cloudflare', 'acme-tsig']) expect(text).toContain(`name: ${name}\n`);
    expect(text).not.toMatch(/kind: Secret\nmetadata/);
  });
});
