import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../golden';
import { haproxy, nginxProxyManager, published, traefik } from './published';

describe.each([
  ['nginx-proxy-manager', nginxProxyManager],
  ['traefik', traefik],
  ['haproxy', haproxy],
])('%s', (name, build) => {
  it('renders one of everything into the golden files', () => {
    const files = Testing.files(build(published()));
    const paths = Object.keys(files).filter(path => path.startsWith('devices/'));
    expectGolden(`reverse-proxy/${name}.paths`, `${paths.join('\n')}\n`);
    for (const path of paths) expectGolden(`reverse-proxy/${path.replace('devices/', '')}`, files[path]);
  });
});
