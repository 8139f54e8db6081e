import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VaultReport } from './vault-report.ts';
import { expectValid } from './report-checks.test-kit.ts';
import { vaultBench } from './vault-reader.test-kit.ts';

const name = fc.constantFrom('db.sql', 'web.tar', 'in/db.sql', 'in/deep/x', 'in.d');
const step = fc.oneof(
  fc.record({ do: fc.constantFrom('write' as const, 'append' as const, 'replace' as const, 'remove' as const), name }),
  fc.record({ do: fc.constant('move' as const), name, to: name }),
  fc.constant({ do: 'look' as const }),
  fc.constant({ do: 'lookNow' as const }),
  fc.constant({ do: 'restart' as const }),
);

/** What a collector makes of the rows: each object's last state, by its name and time. */
function collector() {
  const objects = new Map<string, VaultReport['arrivals'][number]>();
  return {
    objects,
    take(report: VaultReport): void {
      expectValid(report);
      for (const row of report.arrivals) objects.set(`${row.objectName} ${row.modifiedAt}`, row);
    },
    present: () =>
      [...objects.values()]
        .filter(({ state }) => state !== 'gone')
        .map(inShort)
        .toSorted(),
  };
}

const inShort = ({ state, objectName, sizeBytes, sha256 }: VaultReport['arrivals'][number]) =>
  `${state} ${objectName} ${sizeBytes} ${sha256}`;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      return `present ${path.slice(folder.length + 1)} ${statSync(path).size} ${sha256}`;
    })
    .toSorted();
}

describe('whatever happens between the looks', () => {
  it('in the end the arrivals are the files that are there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { root, look, lookNow, restart, reader } = vaultBench(['a']);
        const told = collector();
        // Each content has its own length, so that no two versions look alike to the clock of a file system.
        let count = 0;
        const act = async (each: (typeof steps)[number]): Promise<void> => {
          if (each.do === 'look') told.take(await look());
          else if (each.do === 'lookNow') told.take(await lookNow());
          else if (each.do === 'restart') await restart();
          else change(join(root, 'a'), each, ++count);
        };
        mkdirSync(join(root, 'a'));
        writeFileSync(join(root, 'a/stays'), 'x');
        for (const each of steps) await act(each);
        // Once to see what was changed last, once to see that it is quiet.
        for (let round = 0; round < 3; round++) told.take(await look());
        expect(told.present()).toEqual(filesIn(join(root, 'a')));
        await reader().close();
      }),
      { numRuns: 60 },
    );
  });
});

interface Change {
  do: 'write' | 'append' | 'replace' | 'remove' | 'move';
  name: string;
  to?: string;
}

/** What the file system does not allow, a file where a folder is, is left out. */
function change(folder: string, { do: what, name, to = name }: Change, count: number): void {
  const path = join(folder, name);
  const content = 'x'.repeat(count);
  try {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    if (what === 'write') writeFileSync(path, content);
    else if (what === 'append') appendFileSync(path, content);
    else if (what === 'remove') rmSync(path);
    else if (what === 'move') renameSync(path, join(folder, to));
    else {
      writeFileSync(`${path}.new`, content);
      renameSync(`${path}.new`, path);
    }
  } catch {
    // Not possible at this moment.
  }
}
