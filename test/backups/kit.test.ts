import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startProgram } from '../kit/programs.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

const needed = needs({ linux: true, tools: ['faketime'] });

it.skipIf(!needed.ok)(`ends what runs under a wrong clock together with it ${needed.reason}`, async () => {
  const ends: (() => Promise<void>)[] = [];
  const wrapper = startProgram(['faketime', '-f', '+3h', 'sleep', '1000'], {}, (end) => void ends.push(end), true);
  await waitUntil('the wrapped program to run', () => runningIn(wrapper.process.pid).includes('sleep'));
  for (const end of ends) await end();
  await waitUntil('nothing of it to be left', () => runningIn(wrapper.process.pid).length === 0);
  expect(wrapper.process.signalCode).toBe('SIGKILL');
});

/** The names of the programs of a process group, but for those that have ended. */
function runningIn(group: number | undefined): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    const stat = /^\d+$/.test(pid) ? readStat(pid) : undefined;
    const [, name = '', state, , ofGroup] = /\((.*)\) (\S) (\d+) (\d+)/.exec(stat ?? '') ?? [];
    return Number(ofGroup) === group && state !== 'Z' ? [name] : [];
  });
}

/** Undefined where it has ended meanwhile. */
function readStat(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}
