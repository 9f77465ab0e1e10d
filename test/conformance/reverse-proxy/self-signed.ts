import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes `<name>.crt`, `<name>.key` and, of both, `<name>.pem` in a folder. */
export function selfSigned(folder: string, name: string, dnsNames: readonly string[]): void {
  const [crt, key] = ['crt', 'key'].map(ending => join(folder, `${name}.${ending}`)) as [string, string];
  const names = `subjectAltName=${dnsNames.map(dns => `DNS:${dns}`).join(',')}`;
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', names, '-keyout', key, '-out', crt],
    {
      stdio: 'pipe',
    },
  );
  writeFileSync(join(folder, `${name}.pem`), readFileSync(crt, 'utf8') + readFileSync(key, 'utf8'));
}
