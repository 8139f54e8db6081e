import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { schemaErrors } from './report-checks.ts';
import { look, tree, webRoot } from './valuables/tree.test-kit.ts';

describe('guests of Proxmox', () => {
  it('are those of this node, by number and name, without templates and snapshots', async () => {
    const root = tree({
      'etc/pve/nodes/pve1/qemu-server/101.conf':
        'cores: 2\nname: simpus\n\n[sebelum-pembaruan]\ntemplate: 1\nname: lama\n',
      'etc/pve/nodes/pve1/qemu-server/900.conf': 'name: debian\ntemplate: 1\n',
      'etc/pve/nodes/pve1/qemu-server/notes.txt': 'x',
      'etc/pve/nodes/pve1/lxc/102.conf': 'hostname: web\n',
      'etc/pve/nodes/pve1/lxc/103.conf': '',
      'etc/pve/nodes/pve2/qemu-server/201.conf': 'name: other-node\n',
    });
    symlinkSync('nodes/pve1/qemu-server', join(root, 'etc/pve/qemu-server'));
    const guest = (name: string, path: string) => ({ kind: 'guest', name, path: `/etc/pve/nodes/pve1/${path}` });

    expect(await look(root, { hostname: 'pve1.lebongkab.go.id' })).toEqual([
      guest('101 simpus', 'qemu-server/101.conf'),
      guest('102 web', 'lxc/102.conf'),
      guest('103', 'lxc/103.conf'),
    ]);
  });
});

describe('what is hostile in a tree', () => {
  it('does not lead out of it, hold it up, or get into a report as it is', async () => {
    const outside = tree({ 'rahasia/index.php': 'x' });
    const root = tree({ 'var/www/html/': '', 'home/a/': '', 'home/b\n\u001b[31m/public_html/index.php': 'x' });
    symlinkSync(outside, join(root, 'var/www/html/rahasia'));
    symlinkSync(outside, join(root, 'home/a/public_html'));
    symlinkSync('.', join(root, 'var/www/html/loop'));
    symlinkSync(join(outside, 'rahasia/index.php'), join(root, 'var/www/html/index.php'));
    execFileSync('mkfifo', [join(root, 'var/www/html/index.html')]);

    expect(await look(root)).toEqual([webRoot('b\uFFFD\uFFFD[31m', '/home/b\uFFFD\uFFFD[31m/public_html')]);
  });

  it('is limited: 64 rows, and of each kind no more than 32', async () => {
    const files: Record<string, string> = { 'var/lib/mysql/ibdata1': 'x' };
    for (let count = 0; count < 80; count += 1) {
      files[`var/lib/mysql/db${count}/a.ibd`] = 'x';
      files[`var/www/site${count}/index.php`] = 'x';
      files[`etc/pve/lxc/${100 + count}.conf`] = 'x';
    }
    const found = await look(tree(files));
    const countOf = (kind: string) => found.filter((row) => row['kind'] === kind).length;

    expect([countOf('database'), countOf('web-root'), countOf('guest')]).toEqual([32, 32, 0]);
  });

  it('ends in time, with what was found by then', async () => {
    const root = tree({ 'var/lib/mongodb/WiredTiger': 'x' });
    let atMs = 0;
    const clock = { monotonicMs: () => (atMs += 1) };

    expect(await look(root, { clock, withinMs: 3 })).toEqual([]);
    expect(await look(root, { clock, withinMs: 10_000 })).toHaveLength(1);
  });

  it('always gives rows that fit into a report', async () => {
    const places = ['var/www', 'var/www/html', 'home', 'var/lib/mysql', 'var/lib/postgresql/16/main', 'etc/pve/lxc'];
    const part = fc.constantFrom(
      'a',
      'index.php',
      'public_html',
      'PG_VERSION',
      'base',
      '16384',
      'mysql',
      'ibdata1',
      '1.conf',
      '\u0001',
      'é*',
      ' ',
      '…'.repeat(60),
    );
    const path = fc.tuple(fc.constantFrom(...places), fc.array(part, { minLength: 1, maxLength: 3 }));
    const trees = fc.array(fc.tuple(path, fc.string({ maxLength: 20 })), { maxLength: 12 });
    const empty = {
      takenAt: '2026-11-22T03:00:00Z',
      system: {},
      os: {},
      cpu: {},
      disks: [],
      interfaces: [],
      listening: [],
    };
    await fc.assert(
      fc.asyncProperty(trees, async (entries) => {
        const root = temporaryFolder();
        for (const [[place, parts], text] of entries) {
          const target = join(root, place, ...parts);
          try {
            mkdirSync(dirname(target), { recursive: true });
            writeFileSync(target, text);
          } catch {
            // A file stands where a folder would have to be, or the other way round.
          }
        }
        const valuables = await look(root);

        expect(schemaErrors('inventory', { ...empty, valuables })).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
