











































import { ProxmoxVmResource } from '@ashlar/provider-proxmox';
import { TerraformStack, Testing } from 'cdktf';

const stack = new TerraformStack(Testing.app(), 'metal');
const fromSomewhere = JSON.parse('{ "nodeName": "pve1", "cpu": { "core": 4 } }');

let told = '';
try {
  new ProxmoxVmResource(stack, 'web', fromSomewhere);
} catch (error) {
  told = (error as Error).message;
}
if (told !== '[metal/web] cpu has no key core, got 4; did you mean cores? (PROXMOX_UNKNOWN_KEY)') throw new Error(told);
export {};
