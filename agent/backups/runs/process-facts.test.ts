import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { needs } from '../../../test/requirements.ts';
import { descendantsOf, isProcessAlive, processFacts, processMark } from './process-facts.ts';

const linux = needs({ linux: true });
const root = needs({ linux: true, root: true, tools: ['mount', 'unshare'] });

describe.skipIf(!linux.ok)(`a process ${linux.reason}`, () => {
  it('is told from every other one, also from a later one with its number', async () => {
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const mark = processMark(child.pid ?? 0);
    expect(mark).toMatch(/^\d+ \d+:[0-9a-f]{8}$/);
    expect(isProcessAlive(mark)).toBe(true);
    expect(isProcessAlive(mark.replace(/ \d+:/, ' 1:'))).toBe(false);
    expect(isProcessAlive(mark.replace(/:.*/, ':00000000'))).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isProcessAlive(mark)).toBe(false);
  });

  it('that has ended counts as gone, though nobody has asked for its end', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [text] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(text.toString());
    await waitUntil('the zombie', () => processFacts(pid)?.isZombie === true);
    expect(isProcessAlive(processMark(pid))).toBe(false);
  });

  it.each(['', 'x', '-1', '0 1:2', '99999999', '1.5', 'NaN 1:2'])('is not alive by the name "%s"', (mark) => {
    expect(isProcessAlive(mark)).toBe(false);
  });

  it('knows its children and theirs', async () => {
    const parent = spawn('sh', ['-c', 'sleep 60 & sh -c "sleep 61; true"'], { stdio: 'ignore' });
    const pid = parent.pid ?? 0;
    const found = await waitUntil('three of them', () => {
      const pids = descendantsOf(pid);
      return pids.length === 3 && pids;
    });
    expect(found.slice(0, 2).every((each) => processFacts(each)?.parentPid === pid)).toBe(true);
    for (const each of [...found, pid]) process.kill(each, 'SIGKILL');
    expect(descendantsOf(999_999_999)).toEqual([]);
  });
});

describe.skipIf(!root.ok)(`a process that is hidden ${root.reason}`, () => {
  it('is not declared dead', async () => {
    // The agent's user sees no process of root, as under ProtectProc or hidepid.
    const script = new URL('process-facts.ts', import.meta.url).pathname;
    const mark = processMark(process.pid);
    const code = `import { isProcessAlive } from '${script}'; process.setuid(65534);
      console.log(isProcessAlive('${mark}'), isProcessAlive('${mark.replace(/:.*/, ':00000000')}'));`;
    const hidden = 'mount -t proc -o hidepid=2 proc /proc && exec "$0" --input-type=module -e "$1"';
    const child = spawn('unshare', ['-m', 'sh', '-c', hidden, process.execPath, code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    expect(text.toString()).toBe('true false\n');
  });
});
