import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columns, FileTable } from './file-table.ts';

const step = fc.record({
  what: fc.constantFrom('add' as const, 'set' as const, 'digest' as const, 'clear' as const, 'release' as const),
  at: fc.nat(200),
  value: fc.double({ noNaN: true }),
});

it('keeps of each row what was put there, whatever happens to the others', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new FileTable();
      const rows: { row: number; sizeBytes: number; digest: string }[] = [];
      for (const { what, at, value } of steps) {
        const picked = rows[at % Math.max(rows.length, 1)];
        if (what === 'add') rows.push({ row: table.add(), sizeBytes: 0, digest: '' });
        else if (picked === undefined) continue;
        else if (what === 'set') table.set(picked.row, columns.sizeBytes, (picked.sizeBytes = value));
        else if (what === 'digest') table.setDigest(picked.row, (picked.digest = `${at}`.padEnd(32, '\xff')));
        else if (what === 'clear') table.setDigest(picked.row, (picked.digest = ''));
        else {
          table.release(picked.row);
          rows.splice(rows.indexOf(picked), 1);
        }
      }
      expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length);
      for (const { row, sizeBytes, digest } of rows) {
        expect([table.get(row, columns.sizeBytes), table.get(row, columns.inode), table.digest(row)]).toEqual([
          sizeBytes,
          0,
          digest,
        ]);
      }
    }),
  );
});
