// `npm run check`: types, lint and format, in the order in which a mistake is cheapest to read.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const limitMs = 5 * 60_000;
const steps = [
  { name: 'types', program: 'typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'lint', program: 'oxlint/bin/oxlint', args: ['--config', '.oxlintrc.json', '--deny-warnings'] },
  { name: 'format', program: 'oxfmt/bin/oxfmt', args: ['--config', '.oxfmtrc.json', '--check', '.'] },
];

for (const step of steps) {
  const startedAt = performance.now();
  const run = spawnSync(process.execPath, [`node_modules/${step.program}`, ...step.args], {
    cwd: root,
    encoding: 'utf8',
    timeout: limitMs,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (run.status !== 0) {
    process.stdout.write(`${run.stdout ?? ''}${run.stderr ?? ''}`);
    const reason = run.error ? ` (${run.error.message})` : '';
    process.stderr.write(`check ${step.name}: failed after ${seconds} s${reason}\n`);
    process.exit(1);
  }
  process.stdout.write(`check ${step.name}: ok in ${seconds} s\n`);
}
