import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { type CableEnd, layPoorCable } from './cable.ts';
import { createNamespace, type Namespace, run, sweepNamespaces } from './namespaces.ts';

const needed = needs({ root: true, linux: true, tools: ['ip', 'tc', 'ping', 'perl'] });

describe.skipIf(!needed.ok)(`the networks of the tests ${needed.reason}`, () => {
  it('lose and delay what they are told to', async () => {
    const [here, there] = ends();
    const cable = await layPoorCable(here, there);
    expect(ping(here.at, 5)).toMatchObject({ lossPercent: 0 });

    cable.impair({ lossPercent: 30 });
    // A thousand packets of which 30 % get lost: five standard deviations either way.
    await waitUntil('packets to get lost', () => ping(here.at, 20).lossPercent > 0);
    const { lossPercent } = ping(here.at, 1000);
    expect(lossPercent).toBeGreaterThan(22);
    expect(lossPercent).toBeLessThan(38);

    cable.impair({ delayMs: 300 });
    await waitUntil('packets to be late', () => ping(here.at, 1).roundTripMs > 250);
    const late = ping(here.at, 10);
    expect(late.lossPercent).toBe(0);
    expect(late.roundTripMs).toBeGreaterThan(270);

    cable.impair({});
    await waitUntil('packets to be quick again', () => ping(here.at, 1).roundTripMs < 100);
    cable.cut();
    expect(ping(here.at, 2).lossPercent).toBe(100);
    cable.mend();
    await waitUntil('packets to arrive again', () => ping(here.at, 2).lossPercent === 0);
  });

  it('of a run that was killed are swept away, with what still runs inside', async () => {
    const script = `
      import { createNamespace } from ${JSON.stringify(new URL('namespaces.ts', import.meta.url).href)};
      console.log(createNamespace('left').name);
      setInterval(() => {}, 1000);`;
    const killed = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void killed.kill('SIGKILL'));
    const name = String((await once(killed.stdout, 'data'))[0]).trim();
    const inside = spawn('ip', ['netns', 'exec', name, 'sleep', '1000']);
    onTestFinished(() => void inside.kill('SIGKILL'));
    await waitUntil('something to run inside', () => run('ip', 'netns', 'pids', name).trim() !== '');

    sweepNamespaces();
    expect(run('ip', 'netns', 'list')).toContain(name);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    sweepNamespaces();
    expect(run('ip', 'netns', 'list')).not.toContain(name);
    if (inside.signalCode === null) await once(inside, 'exit');
    expect(inside.signalCode).toBe('SIGKILL');
  });
});

function ends(): [CableEnd, CableEnd] {
  const place = (label: string): Namespace => {
    const namespace = createNamespace(label);
    onTestFinished(() => namespace.remove());
    return namespace;
  };
  return [
    { at: place('here'), interface: 'eth0', address: '10.77.0.1/24' },
    { at: place('there'), interface: 'eth0', address: '10.77.0.2/24' },
  ];
}

function ping(from: Namespace, count: number): { lossPercent: number; roundTripMs: number } {
  const [ip, ...args] = [...from.exec, 'ping', '-c', String(count), '-i', '0.002', '-W', '1', '10.77.0.2'];
  let said: string;
  try {
    said = execFileSync(ip, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
  } catch (error) {
    // Its exit code is 1 when nothing came back.
    said = (error as { stdout?: string }).stdout ?? '';
  }
  return {
    lossPercent: Number(/([\d.]+)% packet loss/.exec(said)?.[1]),
    roundTripMs: Number(/= [\d.]+\/([\d.]+)\//.exec(said)?.[1]),
  };
}
