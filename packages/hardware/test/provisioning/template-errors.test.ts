import { Duration, Secret } from '@ashlar/core';
import { BootDisk, BootTemplate, diskImageTask } from '../../src';
import { action } from './boot-lab';
import { type Act, any, message } from './error-lab';

describe('a template', () => {
  test.each<[statement: string, act: Act, text: string]>([
    [
      'is made in a stack',
      lab => {
        new BootTemplate(any(lab.cluster), 't', { globalTimeout: Duration.minutes(5), tasks: [] });
      },
      "[lab/boot/t] must be made in the stack that uses it; write new BootTemplate(stack, 'debian', …) (TEMPLATE_STACK)",
    ],
    [
      'has a task',
      lab => {
        lab.template([]);
      },
      "[lab/boot/tinkerbell/t] tasks is empty; write tasks: [{ name: 'install', actions: [ … ] }] (PROP_EMPTY)",
    ],
    [
      'has actions in every task',
      lab => {
        lab.template([{ name: 'install', actions: [] }]);
      },
      "[lab/boot/tinkerbell/t, task install] actions is empty; write actions: [{ name: 'write the image', … }] (PROP_EMPTY)",
    ],
    [
      'has each task once',
      lab => {
        lab.template([lab.task({}), lab.task({})]);
      },
      '[lab/boot/tinkerbell/t] two tasks are called install; give one of them another name (TASK_TWICE)',
    ],
    [
      'has each action once',
      lab => {
        lab.template([{ name: 'install', actions: [...lab.task({}).actions, ...lab.task({}).actions] }]);
      },
      '[lab/boot/tinkerbell/t, task install] two actions are called step; give one of them another name (ACTION_TWICE)',
    ],
    [
      'gives every action a name',
      lab => {
        lab.action({ name: '' });
      },
      '[lab/boot/tinkerbell/t, task install, action ] name must be up to 199 characters, got ""; write it like write the image (PROP_FORMAT)',
    ],
    [
      'names workers without braces',
      lab => {
        lab.template([{ ...lab.task({}), worker: '{{.device_1}}' }]);
      },
      `[lab/boot/tinkerbell/t, task install] worker must be a name of letters, digits and underscores that Tinkerbell has no other use for, got "{{.device_1}}"; write worker: 'device_1', without braces (TASK_WORKER)`,
    ],
    [
      'leaves Tinkerbell its own names',
      lab => {
        lab.template([{ ...lab.task({}), worker: 'hardware' }]);
      },
      `[lab/boot/tinkerbell/t, task install] worker must be a name of letters, digits and underscores that Tinkerbell has no other use for, got "hardware"; write worker: 'device_1', without braces (TASK_WORKER)`,
    ],
    [
      'takes at least as long as its actions',
      lab => {
        lab.action({ timeout: Duration.minutes(6) });
      },
      '[lab/boot/tinkerbell/t] globalTimeout must be at least the 6m that its actions may take together, got "5m"; write globalTimeout: Duration.seconds(360), or more (TEMPLATE_TIMEOUT)',
    ],
    [
      'is short enough to be read',
      lab => {
        lab.action({ command: ['x'.repeat(300_000)] });
      },
      '[lab/boot/tinkerbell/t] Tinkerbell reads templates of up to 262144 bytes, got 300305; let an action fetch the long text by its URL (TEMPLATE_SIZE)',
    ],
    [
      'runs images that are pinned',
      lab => {
        lab.action({ image: any('quay.io/tinkerbell/actions/image2disk:latest') });
      },
      `[lab/boot/tinkerbell/t, task install, action step] image may be another one tomorrow: it has neither a digest nor a tag other than latest, got "quay.io/tinkerbell/actions/image2disk:latest"; write ContainerImage.of('quay.io/tinkerbell/actions/image2disk', '1.4.2', 'sha256:…') (IMAGE_NOT_PINNED)`,
    ],
    [
      'runs images whose name can be read',
      lab => {
        lab.action({ image: any('Quay.io//image2disk') });
      },
      `[lab/boot/tinkerbell/t, task install, action step] image must be repository:tag, with @sha256:… and 64 hexadecimal digits when it has a digest, got "Quay.io//image2disk"; write it like ContainerImage.of('ghcr.io/example/shop', '1.4.2', 'sha256:…'), see https://github.com/distribution/reference (IMAGE_REFERENCE)`,
    ],
    [
      'runs images that are a ContainerImage',
      lab => {
        lab.action({ image: any('quay.io/tinkerbell/actions/image2disk:v1.0.0') });
      },
      `[lab/boot/tinkerbell/t, task install, action step] image must be a ContainerImage, got "quay.io/tinkerbell/actions/image2disk:v1.0.0"; write image: ContainerImage.parse('quay.io/tinkerbell/actions/image2disk:v1.0.0') (PROP_TYPE)`,
    ],
    [
      'gives every action time',
      lab => {
        lab.action({ timeout: Duration.seconds(0) });
      },
      '[lab/boot/tinkerbell/t, task install, action step] timeout must be above 0: Tinkerbell would kill the action as it starts it, got "0s"; write timeout: Duration.minutes(10) (ACTION_TIMEOUT)',
    ],
    [
      'gives time with its unit',
      lab => {
        lab.action({ timeout: any(90) });
      },
      '[lab/boot/tinkerbell/t, task install, action step] timeout must be a Duration, got 90; write timeout: Duration.minutes(10) (PROP_TYPE)',
    ],
    [
      'has volumes with two paths',
      lab => {
        lab.action({ volumes: ['dev:/dev'] });
      },
      '[lab/boot/tinkerbell/t, task install, action step] a volume is two absolute paths with a colon between, got "dev:/dev"; write it like /dev:/dev (VOLUME_FORMAT)',
    ],
    [
      'shares the processes of the host, or nothing',
      lab => {
        lab.action({ pid: any('private') });
      },
      `[lab/boot/tinkerbell/t, task install, action step] pid must be one of host, got "private"; write pid: 'host' (PROP_CHOICE)`,
    ],
    [
      'has environments with names that shells know',
      lab => {
        lab.action({ environment: { 'IMG-URL': 'x' } });
      },
      '[lab/boot/tinkerbell/t, task install, action step] environment.IMG-URL must be named in letters, digits and underscores, got "IMG-URL"; write it like IMG_URL (PROP_FORMAT)',
    ],
    [
      'has environments of text',
      lab => {
        lab.action({ environment: { COMPRESSED: any(true) } });
      },
      '[lab/boot/tinkerbell/t, task install, action step] environment.COMPRESSED must be a string, got true; write environment.COMPRESSED: "true" (PROP_TYPE)',
    ],
    [
      'holds no secret',
      lab => {
        lab.action({ environment: { PASSWORD: any(Secret.fromOpenBao('kv/registry', 'password')) } });
      },
      '[lab/boot/tinkerbell/t, task install, action step] PASSWORD is a secret (openbao:kv/registry#password), and everybody who can read Templates would read it; let the operating system fetch it when it runs (ACTION_SECRET)',
    ],
    [
      'knows the documented actions',
      lab => {
        lab.action({ uses: any('image3disk') });
      },
      `[lab/boot/tinkerbell/t, task install, action step] uses must be one of image2disk, archive2disk, writefile, cexec, kexec, rootio, got "image3disk"; write uses: 'image2disk' (PROP_CHOICE)`,
    ],
    [
      'gives a documented action what it needs',
      lab => {
        lab.action({ uses: 'image2disk', environment: { IMG_URL: 'http://192.0.2.1/a.raw' } });
      },
      '[lab/boot/tinkerbell/t, task install, action step] image2disk needs DEST_DISK in its environment; it reads IMG_URL, DEST_DISK, COMPRESSED, RETRY_ENABLED, RETRY_DURATION_MINUTES, PROGRESS_INTERVAL_SECONDS, TEXT_LOGGING, see https://github.com/tinkerbell/actions/tree/main/image2disk (ACTION_ENVIRONMENT)',
    ],
    [
      'gives a documented action nothing that it does not read',
      lab => {
        lab.action({
          uses: 'image2disk',
          environment: { IMG_URL: 'http://192.0.2.1/a.raw', DEST_DISK: BootDisk.whole(), COMPRESS: 'true' },
        });
      },
      '[lab/boot/tinkerbell/t, task install, action step] image2disk reads no COMPRESS; it reads IMG_URL, DEST_DISK, COMPRESSED, RETRY_ENABLED, RETRY_DURATION_MINUTES, PROGRESS_INTERVAL_SECONDS, TEXT_LOGGING, see https://github.com/tinkerbell/actions/tree/main/image2disk (ACTION_ENVIRONMENT)',
    ],
    [
      'names disks as they are called at every boot, also in an action of its own',
      lab => {
        lab.action({ environment: { TARGET: '/dev/nvme0n1' } });
      },
      '[lab/boot/tinkerbell/t, task install, action step] TARGET must name the same disk at every boot, got "/dev/nvme0n1"; write TARGET: BootDisk.whole(), or BootDisk.partition(1) (ACTION_DISK_UNSTABLE)',
    ],
    [
      'names disks as they are called at every boot',
      lab => {
        lab.action({ uses: 'image2disk', environment: { IMG_URL: 'http://192.0.2.1/a.raw', DEST_DISK: '/dev/sda' } });
      },
      '[lab/boot/tinkerbell/t, task install, action step] DEST_DISK must name the same disk at every boot, got "/dev/sda"; write DEST_DISK: BootDisk.whole(), or BootDisk.partition(1) (ACTION_DISK_UNSTABLE)',
    ],
    [
      'has nothing that Tinkerbell drops, such as what to do on a timeout',
      lab => {
        lab.action(any({ onTimeout: ['reboot'] }));
      },
      '[lab/boot/tinkerbell/t, task install, action step] there is no property onTimeout; use one of name, image, uses, timeout, command, environment, volumes, pid (PROP_UNKNOWN)',
    ],
    [
      'counts partitions from 1',
      () => {
        BootDisk.partition(0);
      },
      '[BootDisk.partition] a partition is a whole number from 1 to 128, got 0; look it up in the image: sfdisk --dump image.raw (PARTITION)',
    ],
    [
      'writes raw images',
      lab => {
        diskImageTask(lab.stack, { url: 'https://images.example.net/debian.qcow2', image2disk: action('image2disk') });
      },
      '[diskImageTask] image2disk writes raw images, plain (.raw, .img) or compressed by bzip2, gzip, xz or zstd, got "https://images.example.net/debian.qcow2"; convert it: qemu-img convert image.qcow2 image.raw && gzip image.raw, see https://github.com/tinkerbell/actions/tree/main/image2disk (IMAGE_FORMAT)',
    ],
    [
      'fetches images by an address',
      lab => {
        diskImageTask(lab.stack, { url: 'debian.raw', image2disk: action('image2disk') });
      },
      '[diskImageTask] url must be an address over http or https, got "debian.raw"; write it like https://images.example.net/debian-13.raw.gz (PROP_FORMAT)',
    ],
  ])('%s', (_, act, text) => {
    expect(message(act)).toBe(text);
  });
});
