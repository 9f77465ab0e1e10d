import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const LIB = join(__dirname, '..', 'lib', 'index.js');

function node(code: string, ...args: string[]): string {
  return execFileSync(process.execPath, [...args, '-e', code], { encoding: 'utf8' }).trim();
}

test('a resource is loaded when it is first used, and neither it nor cdktf before', () => {
  const loaded = node(`
    const names = () => Object.keys(require.cache).map(file => file.replace(/.*(provider-proxmox.lib|node_modules)./, '').replaceAll('\\\\', '/'));
    const bindings = require(${JSON.stringify(LIB)});
    const before = names();
    const used = bindings.ProxmoxHagroupResource === bindings.ProxmoxHagroupResource;
    console.log(JSON.stringify({ before, used, generated: names().filter(file => file.startsWith('generated')) }));
  `);
  expect(JSON.parse(loaded)).toEqual({
    before: ['index.js', 'generated/index.js'],
    used: true,
    generated: ['generated/index.js', 'generated/hagroup.js', 'generated/provider-facts.js'],
  });
});

test('an ES module can import by name', () => {
  const code = `import { ProxmoxVmResource } from ${JSON.stringify(LIB)}; console.log(ProxmoxVmResource.tfResourceType);`;
  expect(node(code, '--input-type=module')).toBe('proxmox_virtual_environment_vm');
});
