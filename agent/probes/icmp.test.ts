import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createIcmpProbe, icmpProbe } from './icmp.ts';
import { probeContract } from './probe.contract.ts';

function pingObstacle(): string | undefined {
  try {
    execFileSync('ping', ['-c', '1', '-W', '1', '127.0.0.1'], { stdio: 'ignore', timeout: 5000 });
    return undefined;
  } catch {
    return 'no ping program that works';
  }
}

const obstacle = pingObstacle();
const icmpUrl = JSON.stringify(new URL('icmp.ts', import.meta.url).href);
probeContract(icmpProbe, {
  importStatement: `import { icmpProbe as probe } from ${icmpUrl};`,
  obstacle,
  silence: 'no-answer',
});

const target = { name: 't', kind: 'icmp', layer: 'lan', host: '127.0.0.1', packetCount: 1, timeoutSeconds: 1 } as const;
const { signal } = new AbortController();

describe('icmp probe', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'icmp-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  /** A ping program of our own making. */
  const program = (name: string, text: string, mode = 0o755) => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, mode);
    return path;
  };

  it.skipIf(obstacle !== undefined)('speaks IPv6, with and without brackets', async () => {
    for (const host of ['::1', '[::1]']) {
      expect(await icmpProbe.probe({ ...target, host }, { signal })).toMatchObject({ state: 'up', receivedCount: 1 });
    }
  });

  it.each(['-f', '--flood', '', ' 127.0.0.1', '127.0.0.1;id', 'a b'])('refuses the host %j', async (host) => {
    await expect(icmpProbe.probe({ ...target, host }, { signal })).rejects.toMatchObject({ code: 'invalid-host' });
  });

  it('says that there is no ping program', async () => {
    const probe = createIcmpProbe({ program: join(folder, 'missing') });
    await expect(probe.probe(target, { signal })).rejects.toMatchObject({
      code: 'ping-unavailable',
      message: 'The ping program cannot be used (ENOENT); install iputils-ping or grant it the right to send ICMP.',
    });
  });

  it.skipIf(process.platform === 'win32').each([
    { name: 'may not be run', text: 'true', mode: 0o644, reason: 'EACCES' },
    {
      name: 'lacks the permission',
      text: 'echo "ping: socket: Operation not permitted" >&2; exit 2',
      mode: 0o755,
      reason: 'no permission',
    },
    {
      name: 'does not know our options',
      text: 'echo "ping: invalid option -- i" >&2; exit 2',
      mode: 0o755,
      reason: 'it says "ping: invalid option -- i"',
    },
    {
      name: 'prints one odd word, which the package’s parser cannot bear',
      text: 'echo hello',
      mode: 0o755,
      reason: 'it says "hello"',
    },
  ])('says that the ping program $name', async ({ text, mode, reason }) => {
    const probe = createIcmpProbe({ program: program('odd', text, mode) });
    await expect(probe.probe(target, { signal })).rejects.toMatchObject({
      code: 'ping-unavailable',
      message: expect.stringContaining(`(${reason})`),
    });
  });

  it.skipIf(process.platform === 'win32')(
    'takes a ping that waits for the name service for a name that is not resolved',
    async () => {
      const probe = createIcmpProbe({ program: program('waits', 'exec sleep 30') });
      const result = await probe.probe({ ...target, host: 'slow.example' }, { signal });
      expect(result).toEqual({ state: 'down', reason: 'name-not-resolved', sentCount: 1, receivedCount: 0 });
    },
  );

  it.skipIf(process.platform === 'win32')('kills a ping that does not stop, when it is aborted', async () => {
    const pidFile = join(folder, 'pid');
    const probe = createIcmpProbe({ program: program('stubborn', `echo $$ > ${pidFile}; exec sleep 30`) });
    const controller = new AbortController();
    const running = probe.probe(target, { signal: controller.signal });
    const pid = await vi.waitFor(() => {
      // A file that is there and still empty is not its process yet.
      const written = Number(execFileSync('cat', [pidFile], { stdio: 'pipe' }));
      if (written === 0) throw new Error('nothing is written yet');
      return written;
    });
    controller.abort(new Error('stop'));

    await expect(running).rejects.toThrow('stop');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it.skipIf(process.platform === 'win32')('ends a ping that floods us with output', async () => {
    const probe = createIcmpProbe({ program: program('flood', 'exec yes') });
    await expect(probe.probe(target, { signal })).rejects.toMatchObject({ code: 'ping-unavailable' });
  });
});
