import { expect, it } from 'vitest';
import { benchUsage, readBenchArguments } from './bench-arguments.ts';
import type { Bench } from './bench.ts';

const bench = (name: string): Bench => ({ name, docs: `what ${name} is about`, run: async () => [] });
const benches = [bench('intake'), bench('disk'), bench('agent')];
const names = (args: string[]) => readBenchArguments(args, benches)?.benches.map(({ name }) => name);

it('runs everything at full length unless told', () => {
  expect(readBenchArguments([], benches)).toEqual({ benches, isQuick: false });
});

it('runs what --only names, in the order of the registry', () => {
  expect(names(['--only', 'agent', '--only=intake'])).toEqual(['intake', 'agent']);
});

it('takes --quick', () => {
  expect(readBenchArguments(['--quick', '--only', 'disk'], benches)).toEqual({ benches: [benches[1]], isQuick: true });
});

it('leaves everything else be when help is asked for', () => {
  expect(readBenchArguments(['--help'], benches)).toBeUndefined();
  expect(readBenchArguments(['-h', '--quick'], benches)).toBeUndefined();
});

it('refuses a bench that does not exist and says which do', () => {
  expect(() => names(['--only', 'disc'])).toThrow(
    '--only "disc" must be one of intake, disk, agent. See "npm run bench -- --help".',
  );
});

it.each([['--slow'], ['intake'], ['--only'], ['--quick=yes']])('refuses %s with code "usage"', (argument) => {
  expect(() => names([argument])).toThrow(expect.objectContaining({ code: 'usage' }));
});

it('explains each bench in the help', () => {
  expect(benchUsage(benches)).toContain('\n  intake  what intake is about\n  disk    what disk is about\n');
});
