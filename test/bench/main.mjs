// `npm run bench [-- --short] [--json] [--runs 3] [--only flows]`: the same environment by us and by the plain engines, side by side in one run.
// Times differ from machine to machine; ratios, growth exponents and the distance to the floor are what to read.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainCdktfBindings } from './plain-cdktf-bindings.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const LIMIT = 60_000;
const short = process.argv.includes('--short');
const asJson = process.argv.includes('--json');
const SIZES = short ? [100, 1000, 5000] : [100, 1000, 5000, 20_000];
const RUNS = process.argv.includes('--runs') ? Number(process.argv[process.argv.indexOf('--runs') + 1]) : short ? 1 : 3;

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const bindings = only === undefined || only === 'guests' ? await plainCdktfBindings() : {};
const ALL = [
  {
    id: 'guests',
    title: 'N guests in one Terraform state',
    contenders: ['ashlar', ...(bindings.folder ? ['cdktf', 'cdktf-no-traces'] : []), 'cdktf-our-bindings'],
  },
  { id: 'chart', title: 'N objects in one chart', contenders: ['ashlar', 'cdk8s', 'cdk8s-file-per-object'] },
  { id: 'units', title: 'N objects in N/100 charts', contenders: ['ashlar', 'cdk8s', 'cdk8s-file-per-object'] },
  {
    id: 'layers',
    title: 'N objects in N/100 charts, each in 10 layers of dependencies',
    contenders: ['ashlar', 'cdk8s', 'cdk8s-file-per-object'],
  },
  { id: 'chain', title: 'N objects in one chain of dependencies', contenders: ['ashlar', 'cdk8s', 'cdk8s-file-per-object'] },
  {
    id: 'flows',
    title: 'N flows between N/50 segments, at most 200, rendered and proven; the same only rendered, and compared pair by pair',
    contenders: ['ashlar', 'unproven', 'pairwise'],
    base: 'unproven',
    most: 10_000,
  },
  {
    id: 'order',
    title: 'N machines with 4N guests and services, planned and written down; the same with plans that are only made, and without plans',
    contenders: ['ashlar', 'made', 'unplanned'],
    base: 'unplanned',
    most: 2000,
  },
];
const SUBJECTS = ALL.filter(({ id }) => only === undefined || id === only);
if (SUBJECTS.length === 0) throw new Error(`--only takes one of ${ALL.map(({ id }) => id).join(', ')}`);

const result = { skipped: bindings.skipped ? [bindings.skipped] : [], subjects: {}, coldStart: coldStart() };
for (const subject of SUBJECTS) result.subjects[subject.id] = measure(subject);
if (asJson) console.log(JSON.stringify(result, undefined, 2));
else print();
if (!SUBJECTS.every(({ id }) => result.subjects[id].sizes.every(row => row.ashlar.ms !== undefined))) process.exitCode = 1;

function measure({ id, contenders, most = Number.POSITIVE_INFINITY }) {
  const given = new Set();
  const sizes = SIZES.map(size => {
    const n = Math.min(size, most);
    const row = { n };
    const samples = Object.fromEntries(contenders.map(c => [c, []]));
    // Contenders take turns, so that a slow moment of the machine meets them all.
    for (let run = 0; run < RUNS; run++) {
      for (const contender of contenders) {
        if (given.has(contender)) continue;
        const sample = runCase(id, contender, n);
        if (sample.over) given.add(contender);
        samples[contender].push(sample);
      }
    }
    for (const contender of contenders) row[contender] = median(samples[contender]);
    return row;
  });
  return { contenders, sizes, exponent: exponent(sizes) };
}

function runCase(subject, contender, n) {
  const args = ['--expose-gc', '--max-old-space-size=8192', join(HERE, 'case.cjs'), subject, contender, String(n), bindings.folder ?? ''];
  const run = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: LIMIT,
    env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
  });
  if (run.status === 0) return JSON.parse(run.stdout);
  return {
    over:
      run.error?.code === 'ETIMEDOUT'
        ? `over ${LIMIT / 1000} s`
        : /Maximum call stack/.test(run.stderr)
          ? 'stack overflow'
          : `failed: ${run.stderr.split('\n').find(Boolean)}`,
  };
}

function median(samples) {
  if (samples.length === 0) return { over: 'not tried: a smaller size was already too much' };
  const failed = samples.find(s => s.over);
  if (failed) return failed;
  return [...samples].sort((a, b) => a.ms - b.ms)[Math.floor(samples.length / 2)];
}

/** Slope of log(time) over log(N) from 1,000 up, where start-up no longer counts. */
function exponent(sizes) {
  const rows = sizes.filter(row => row.n >= 1000 && row.ashlar.ms);
  const [first, last] = [rows[0], rows.at(-1)];
  return rows.length < 2 ? undefined : Math.log(last.ashlar.ms / first.ashlar.ms) / Math.log(last.n / first.n);
}

/** Starting the app against starting Node and loading its engines. */
function coldStart() {
  const time = args => {
    const times = Array.from({ length: short ? 5 : 11 }, () => {
      const begin = process.hrtime.bigint();
      spawnSync(process.execPath, args, { cwd: join(ROOT, 'apps/optiplex-cloud'), stdio: 'ignore' });
      return Number(process.hrtime.bigint() - begin) / 1e6;
    });
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  };
  const node = time(['-e', '0']);
  const engines = time(['-e', "require('cdktf'); require('cdk8s'); require('cdk8s-plus-28')"]);
  const app = time(['lib/main.js']);
  return { nodeMs: node, enginesMs: engines, appMs: app, ratio: app / engines };
}

function print() {
  for (const reason of result.skipped) console.log(`SKIPPED a contender: ${reason}`);
  for (const { id, title, contenders, base } of SUBJECTS) {
    const { sizes, exponent: e } = result.subjects[id];
    console.log(`\n${title}`);
    for (const row of sizes) {
      const { ashlar } = row;
      const others = contenders
        .slice(1)
        .map(
          c => `${c} ${row[c].ms ? `${(row[c].ms / ashlar.ms).toFixed(1)}x (${seconds(row[c].ms)}, ${row[c].peakMb} MB)` : row[c].over}`,
        );
      const added = contenders
        .filter(c => c !== base && row[c].ms && row[base]?.ms)
        .map(c => `${c} ${(row[c].ms / row[base].ms - 1).toFixed(2)}x`);
      if (added.length > 0) others.push(`beyond ${base}, in its time: ${added.join(', ')}`);
      console.log(
        `  ${String(row.n).padStart(6)}  ashlar ${seconds(ashlar.ms)}, ${ashlar.peakMb} MB, ${(ashlar.ms / ashlar.floorMs).toFixed(1)}x the floor | ${others.join(' | ')}`,
      );
    }
    console.log(`  growth exponent from 1,000 up: ${e?.toFixed(2)}`);
  }
  const { nodeMs, enginesMs, appMs, ratio } = result.coldStart;
  console.log(
    `\nCold start of apps/optiplex-cloud: ${Math.round(appMs)} ms; bare node ${Math.round(nodeMs)} ms, with its engines loaded ${Math.round(enginesMs)} ms: ${ratio.toFixed(2)}x`,
  );
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
