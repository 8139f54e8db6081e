import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { CableEnd, Impairment } from './cable.ts';
import { run } from './namespaces.ts';

const program = new URL('radio.pl', import.meta.url).pathname;

/** A link between two namespaces that a program carries frame by frame. It ends with the test. */
export async function startRadio(one: CableEnd, other: CableEnd): Promise<{ impair(by: Impairment): void }> {
  // The program makes both interfaces where it runs, then each is carried to its place.
  const names = [`pjr${process.pid}a`, `pjr${process.pid}b`] as const;
  const child = spawn('perl', [program, ...names], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [said] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
  if (String(said).trim() !== 'ready') throw new Error('the radio link did not start');
  for (const [index, { at, interface: name }] of [one, other].entries()) {
    const made = names[index === 0 ? 0 : 1];
    run('ip', 'link', 'set', made, 'netns', at.name);
    at.ip('link', 'set', made, 'name', name);
  }
  return {
    impair({ lossPercent = 0, delayMs = 0 }) {
      child.stdin.write(`${lossPercent} ${delayMs}\n`);
    },
  };
}
