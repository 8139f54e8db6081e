import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseStat, rssAnonBytes, treeCpuMs } from './process-figures.ts';

it('reads times and parent behind a name with blanks and brackets', () => {
  const line = '77 (a) b (c) S 12 77 77 0 -1 4194560 100 200 0 0 30 12 5 3 20 0 11 0 12345 1000 50\n';
  expect(parseStat(line)).toEqual({ parentPid: 12, cpuMs: 500, childrenCpuMs: 80 });
});

it('refuses what is no such line', () => {
  expect(() => parseStat('77 (a) S 12')).toThrow('This is no line of /proc/<pid>/stat.');
});

it.runIf(existsSync('/proc/self/stat'))('counts the work of this very process', () => {
  const beforeMs = treeCpuMs(process.pid);
  const spentMs = () => process.cpuUsage().user / 1000;
  const untilMs = spentMs() + 60;
  while (spentMs() < untilMs);
  expect(treeCpuMs(process.pid) - beforeMs).toBeGreaterThanOrEqual(40);
});

it.runIf(existsSync('/proc/self/status'))('finds less private memory than resident memory, but some', () => {
  const anonBytes = rssAnonBytes(process.pid);
  expect(anonBytes).toBeGreaterThan(1_000_000);
  expect(anonBytes).toBeLessThan(process.memoryUsage.rss());
});
