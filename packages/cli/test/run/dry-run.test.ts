import { expectGolden } from '../../../network/test/golden';
import { making, TestApp } from './test-app';

let app: TestApp;
beforeEach(() => {
  app = new TestApp();
  app.plan([
    {
      id: 'lab/rack:power',
      title: 'Switch the rack on',
      action: { byHand: 'Press the button of pdu-1' },
      check: { command: ['ping', '-c1', 'pve-01'] },
    },
    {
      id: 'lab/hypervisors:apply',
      title: 'Apply the state hypervisors',
      action: { terraform: 'hypervisors' },
      check: { command: ['terraform', '-chdir=terraform/hypervisors', 'plan'] },
      undo: { terraform: 'hypervisors', destroy: true },
      budgetSeconds: 300,
      needs: ['lab/rack:power'],
      secrets: ['terraform:var.proxmox_api_token'],
    },
    { ...making('disk'), needs: ['lab/rack:power'], destroys: 'what is on the disk' },
    {
      id: 'lab/argocd:synced',
      title: 'Argo CD has synced',
      check: { ask: 'Are all applications green?' },
      needs: ['lab/hypervisors:apply', 'lab/disk:make'],
      budgetSeconds: 5400,
    },
  ]);
});
afterEach(() => app.remove());

test('what would be done is told without a program, a secret or a file', async () => {
  app.environment.PATH = '/nowhere';
  const { code, out, said } = await app.ashlar('up', '--dry-run');
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expectGolden('../../../cli/test/golden/run/dry-run.txt', out);
  expect(app.files('.')).toEqual(['bin', 'out']);
});
