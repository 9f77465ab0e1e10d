/** What Proxmox VE accepts as the id of a job, a group or a rule (`pve-configid`). */
export const CONFIG_ID = /^[a-z][a-z0-9_-]+$/;
