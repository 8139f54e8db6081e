import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { takeInventory } from './inventory.ts';
import { positive, row, rows } from './inventory-rows.ts';
import { schemaErrors } from './report-checks.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inventory-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const script = (text: string) => {
  const path = join(folder, `${text.length}.mjs`);
  writeFileSync(path, text);
  return path;
};

describe('takeInventory', () => {
  const hasSs = process.platform === 'linux' && spawnSync('ss', ['-V']).status === 0;
  it('describes this machine within the report’s schema', async () => {
    const inventory = await takeInventory({ timeoutMs: 60_000 });
    expect(schemaErrors('inventory', inventory)).toEqual([]);
    expect(inventory.os).toMatchObject({ hostname: hostname(), platform: process.platform });
    expect(inventory.cpu['logicalCount']).toBeGreaterThan(0);
    expect(inventory.valuables).toEqual(expect.any(Array));
  });

  it.skipIf(!hasSs)('lists a service that listens (skipped without the program "ss")', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const { listening } = await takeInventory({ timeoutMs: 60_000 });
      expect(listening).toContainEqual(expect.objectContaining({ protocol: 'tcp', port }));
    } finally {
      server.close();
    }
  });

  it('ends a child that hangs, and the programs that it started', async () => {
    const pidFile = join(folder, 'pid');
    const hang = script(
      `import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
       const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       writeFileSync(${JSON.stringify(pidFile)}, String(child.pid)); setInterval(() => {}, 1000);`,
    );
    await expect(takeInventory({ timeoutMs: 1500, scriptPath: hang })).rejects.toMatchObject({
      code: 'inventory-failed',
      message: 'The inventory could not be taken: it took longer than 1500 ms.',
    });
    const grandchild = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(grandchild, 0)).toThrow('ESRCH'), { timeout: 5000 });
  });

  it.each([
    {
      name: 'endless output',
      text: 'const more = () => process.stdout.write("x".repeat(65536), more); more();',
      reason: 'it printed more than 262144 bytes',
    },
    { name: 'something else than JSON', text: 'process.stdout.write("hello")', reason: 'it did not print JSON' },
    { name: 'another JSON', text: 'process.stdout.write("[1]")', reason: 'what it printed is not an inventory' },
    { name: 'a crash', text: 'process.exit(7)', reason: 'it ended with exit code 7' },
  ])('refuses $name', async ({ text, reason }) => {
    await expect(takeInventory({ timeoutMs: 20_000, scriptPath: script(text) })).rejects.toMatchObject({
      code: 'inventory-failed',
      message: `The inventory could not be taken: ${reason}.`,
    });
  });

  it('says when there is no such Node program', async () => {
    await expect(takeInventory({ nodePath: join(folder, 'no-node') })).rejects.toThrow(
      /could not be started: .*ENOENT/,
    );
  });
});

describe('inventory rows', () => {
  it('keep what is known and drop what says nothing', () => {
    expect(
      row({
        a: ' Dell Inc. ',
        b: '',
        c: 'To Be Filled By O.E.M.',
        d: 'Default string',
        e: '-',
        f: null,
        g: NaN,
        h: false,
        i: 0,
      }),
    ).toEqual({ a: 'Dell Inc.', h: false, i: 0 });
  });

  it('cut long texts and replace control characters', () => {
    expect(row({ model: `a\u0007${'b'.repeat(300)}` })).toEqual({ model: `a\uFFFD${'b'.repeat(254)}` });
  });

  it('say each thing once, and no more than allowed', () => {
    expect(rows([{ port: 80 }, { port: 80 }, {}, { port: 443 }, { port: 8080 }], 2)).toEqual([
      { port: 80 },
      { port: 443 },
    ]);
  });

  it('take a number for known only above zero', () => {
    expect([0, -1, null, NaN, Infinity, '5', 5].map(positive)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      5,
    ]);
  });
});
