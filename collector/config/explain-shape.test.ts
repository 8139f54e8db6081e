import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { explainShape } from './explain-shape.ts';
import type { SchemaNode } from './json-node.ts';
import { PantauConfigSchema } from './schema.ts';

const schema = PantauConfigSchema as unknown as SchemaNode;

const good = {
  pemda: { name: 'Pemda', diskominfo: { pd: 'diskominfo', name: 'Diskominfo', contacts: [{ name: 'A', phone: '1' }] } },
  regulations: ['lebong-perbup-22-2022'],
  jaringanIntra: ['10.0.0.0/8'],
  perangkatDaerah: [
    {
      id: 'diskominfo',
      name: 'Diskominfo',
      sites: [{ id: 'a', location: { lat: 1, lon: 2 }, router: { address: '10.0.0.1' } }],
      datasets: [{ id: 'x', grace: '6h', source: { kind: 'files', path: '/x' }, minSize: 3 }],
    },
  ],
  obligations: { o: { params: { n: 1, s: 'a', b: true }, waived: [] } },
  notify: [
    { id: 'w', kind: 'webhook', url: { file: '/x' } },
    { id: 'e', kind: 'email', smtp: { host: 'h' }, from: 'a@b', to: ['c@d'] },
  ],
};

/** Puts a value at the nth place of a tree, depth first; a place is a key of a group or an entry of a list. */
function replaceNth(tree: unknown, n: number, change: (parent: Record<string, unknown>, key: string) => void): boolean {
  let left = n;
  const visit = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false;
    for (const key of Object.keys(node)) {
      if (left-- === 0) {
        change(node as Record<string, unknown>, key);
        return true;
      }
      if (visit((node as Record<string, unknown>)[key])) return true;
    }
    return false;
  };
  return visit(tree);
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 'a', '10.0.0.1', '5m', 0, -1, 1.5, 60, 70_000, Number.NaN, Infinity, [], {}),
  fc.constantFrom<unknown>(['a'], [{}], { kind: 'email' }, { kind: 'fax' }, { lat: 0 }, 'x'.repeat(5000)),
  fc.jsonValue({ maxDepth: 2 }),
);

describe('explaining and checking', () => {
  it('agree on a good configuration', () => {
    const value = Value.Default(PantauConfigSchema, structuredClone(good));

    expect(explainShape(schema, value)).toEqual([]);
    expect(Value.Check(PantauConfigSchema, value)).toBe(true);
  });

  it('agree on whatever one change makes of it', () => {
    const kind = fc.constantFrom('replace', 'remove', 'add');
    fc.assert(
      fc.property(fc.nat({ max: 70 }), kind, odd, (place, what, wrong) => {
        const changed: typeof good = structuredClone(good);
        replaceNth(changed, place, (parent, key) => {
          if (what === 'replace') parent[key] = wrong;
          else if (what === 'add' && !Array.isArray(parent)) parent[`${key}x`] = wrong;
          else if (what === 'remove' && !Array.isArray(parent)) delete parent[key];
        });
        const value = Value.Default(PantauConfigSchema, changed);

        expect(explainShape(schema, value).length === 0).toBe(Value.Check(PantauConfigSchema, value));
      }),
      { numRuns: 1500 },
    );
  });
});
