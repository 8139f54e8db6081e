import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { startProgram } from '../../test/kit/programs.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { createNamespace, runInNamespace } from './namespace-for-tests.ts';

/**
 * Runs a module text in a namespace whose link to `layanan.example`, port 8443, takes a second to connect; the name has a
 * second address that leads nowhere.
 * @param serverText of the program behind that port; it gets the address as `host` and calls `ready` when it listens.
 * @param module calls `beginToMend` when it begins to connect.
 * @returns what it printed, parsed as JSON.
 */
export async function runOverSlowLink<T>(serverText: string, module: string): Promise<T> {
  const [own, server] = [createNamespace(), createNamespace()];
  const names = `/etc/netns/${own.name}`;
  onTestFinished(() => {
    own.remove();
    server.remove();
    rmSync(names, { recursive: true, force: true });
  });
  own.ip('link', 'add', 'near', 'type', 'veth', 'peer', 'name', 'far', 'netns', server.name);
  own.ip('address', 'add', '10.213.79.1/30', 'dev', 'near');
  own.ip('link', 'set', 'near', 'up');
  server.ip('address', 'add', '10.213.79.2/30', 'dev', 'far');
  server.ip('link', 'set', 'far', 'address', '02:fc:00:00:00:02');
  server.ip('link', 'set', 'far', 'up');
  // What is sent to this neighbour is lost, the first packet of the connection too; its repetition is not.
  own.ip('neighbour', 'add', '10.213.79.2', 'lladdr', '02:fc:00:00:00:09', 'dev', 'near');
  mkdirSync(names, { recursive: true });
  writeFileSync(`${names}/hosts`, '10.213.79.2 layanan.example\n2001:db8::9 layanan.example\n');
  const serving = `const host = '10.213.79.2'; const ready = () => console.log('ready'); ${serverText}`;
  const listening = startProgram(['ip', 'netns', 'exec', server.name, process.execPath, '--eval', serving]);
  await waitUntil('the server listens', () => listening.output().includes('ready'));
  return runInNamespace<T>(
    own.name,
    `import { execFileSync } from 'node:child_process';
     const neighbour = ['neighbour', 'replace', '10.213.79.2', 'lladdr', '02:fc:00:00:00:02', 'dev', 'near'];
     const beginToMend = () => setTimeout(() => execFileSync('ip', neighbour), 600);
     ${module}`,
  );
}
