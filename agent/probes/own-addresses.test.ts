import { describe, expect, it, onTestFinished } from 'vitest';
import { createNamespace, namespaceObstacle, runInNamespace } from './namespace-for-tests.ts';
import { ownAddressCheck } from './own-addresses.ts';

const trie = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     |-- 10.77.0.0
        /24 link UNICAST
     |-- 10.77.0.9
        /32 link UNICAST
Local:
  +-- 0.0.0.0/0 2 0 2
     |-- 10.77.0.2
        /32 host LOCAL
     |-- 10.77.0.255
        /32 link BROADCAST
`;
const inet6 = 'fd000000000000000000000000000001 02 40 00 80     eth0\n';
const isOwn = ownAddressCheck({ ipv4: trie, ipv6: inet6, listed: ['192.0.2.7', 'fe80::1%eth0'] });

describe('the own addresses', () => {
  it.each(['10.77.0.2', 'fd00::1', '[fd00::1]', 'fd00:0:0:0:0:0:0:1', '192.0.2.7', 'fe80::1'])('hold %s', (target) => {
    expect(isOwn(target)).toBe(true);
  });

  it.each(['10.77.0.0', '10.77.0.9', '10.77.0.255', '10.77.0.1', 'fd00::2', 'pantau.example', ''])(
    'do not hold %s',
    (target) => expect(isOwn(target)).toBe(false),
  );

  const obstacle = namespaceObstacle();
  it.skipIf(obstacle !== undefined)('are known on a cable that is out, too', async () => {
    const [own, other] = [createNamespace(), createNamespace()];
    onTestFinished(() => {
      own.remove();
      other.remove();
    });
    own.ip('link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'end', 'netns', other.name);
    own.ip('address', 'add', '10.213.79.1/30', 'dev', 'cable');
    own.ip('link', 'set', 'cable', 'up');
    const module = new URL('own-addresses.ts', import.meta.url).href;
    const answers = await runInNamespace<boolean[]>(
      own.name,
      `import { ownAddressCheck, readAddressTables } from ${JSON.stringify(module)};
      console.log(JSON.stringify(['10.213.79.1', '10.213.79.2'].map(ownAddressCheck(readAddressTables()))));`,
    );
    expect(answers).toEqual([true, false]);
  });
});
