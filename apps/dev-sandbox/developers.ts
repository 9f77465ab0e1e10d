import { Size } from '@ashlar/core';

/** The one file of the sandbox: who has a machine, how large it is, and who may log in. After a change: `npm run dev-up -- <name>`. */
export const DEVELOPERS = [
  {
    name: 'alice',
    host: 'dev-01',
    cores: 4,
    memory: Size.gibibytes(8),
    disk: Size.gibibytes(60),
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAliceAliceAliceAliceAliceAliceAliceAliceAl alice@example.net'],
  },
  {
    name: 'bob',
    host: 'dev-02',
    cores: 8,
    memory: Size.gibibytes(16),
    disk: Size.gibibytes(120),
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBobBobBobBobBobBobBobBobBobBobBobBobBobBob bob@example.net'],
  },
  {
    name: 'carol',
    host: 'dev-03',
    cores: 2,
    memory: Size.gibibytes(4),
    disk: Size.gibibytes(40),
    sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICarolCarolCarolCarolCarolCarolCarolCarolCa carol@example.net'],
  },
];
