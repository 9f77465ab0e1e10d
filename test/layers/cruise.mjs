// Runs the layer rules of `.dependency-cruiser.json` over the sources of the folder in which it is started, prints one line
// for each violation, and ends with 1 when there is one. `npm run layers`; the layer test runs it over a tree of violations.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { forbidden, options } = JSON.parse(readFileSync(`${root}.dependency-cruiser.json`, 'utf8'));
const { output } = await cruise(
  ['packages/*/src', 'apps/*/*.ts'],
  { ...options, validate: true, ruleSet: { forbidden } },
  options.enhancedResolveOptions,
);

for (const { rule, from, to, cycle } of output.summary.violations) {
  console.log(`${rule.name}: ${from} → ${cycle ? cycle.map(step => step.name).join(' → ') : to}`);
}
// What nobody read is in order too: a wrong glob must not pass.
const own = output.modules.filter(module => /^(packages|apps)\//.test(module.source));
console.log(`${output.summary.violations.length} violations in ${own.length} files`);
process.exitCode = output.summary.violations.length > 0 || own.length === 0 ? 1 : 0;
