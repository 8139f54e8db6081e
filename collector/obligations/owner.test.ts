import { describe, expect, it } from 'vitest';
import { minimal, parse } from '../config/bad-config.test-kit.ts';
import type { OwnerRole } from '../../shared/states.ts';
import { ownerNamed, ownerOf } from './owner.ts';
import type { Regulation } from './regulation.ts';
import { regulationNamed } from './regulations/registry.ts';

const config = parse(`${minimal}    contacts: [{ name: Kepala }]
  - { id: dinkes, name: Dinas Kesehatan, contacts: [{ name: Ibu Sari }] }
  - { id: rsud, name: RSUD, mandiriTik: true }
  - { id: bkd, name: BKD, lanOperator: { by: perangkat-daerah, basis: Keputusan 1/2026 } }
  - { id: bapenda, name: Bapenda, mandiriTik: true, lanOperator: { by: diskominfo, basis: Keputusan 2/2026 } }
`);

function regulation(id: string): Regulation {
  const found = regulationNamed(id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

const lebong = regulation('lebong-perbup-22-2022');
const sigi = regulation('sigi-perbup-27-2019');
const purbalingga = regulation('purbalingga-perbup-90-2021');
const soppeng = regulation('soppeng-perbup-22-2021');

function nameFor(of: Regulation, pd: string, role: OwnerRole): string {
  const [obligation] = of.obligations;
  if (obligation === undefined) throw new Error('no duty');
  return ownerOf({ regulation: of, obligation, pd }, config, role).name;
}

describe('whoever must act', () => {
  it.each<[string, Regulation, string, string]>([
    ['Lebong 21(5)a: the ICT office', lebong, 'dinkes', 'Diskominfo'],
    ['Lebong 21(5)b: a Mandiri TIK department', lebong, 'rsud', 'RSUD'],
    ['the register before everything', lebong, 'bkd', 'BKD'],
    ['the register before the status', lebong, 'bapenda', 'Diskominfo'],
    ['Sigi 14(8)a: "dapat", so the ICT office unless registered', sigi, 'dinkes', 'Diskominfo'],
    ['Sigi knows no Mandiri TIK', sigi, 'rsud', 'Diskominfo'],
    ['Sigi 14(8)a: registered', sigi, 'bkd', 'BKD'],
    ['Purbalingga 15(2)b: the LAN is outside the part of the ICT office', purbalingga, 'dinkes', 'Dinas Kesehatan'],
    ['Purbalingga, registered otherwise', purbalingga, 'bapenda', 'Diskominfo'],
    ['no split of LAN and WAN', soppeng, 'rsud', 'Diskominfo'],
    ['the LAN of the ICT office itself', purbalingga, 'diskominfo', 'Diskominfo'],
    ['a department that is gone', purbalingga, 'bubar', 'Diskominfo'],
  ])('on a LAN: %s', (_name, of, pd, expected) => {
    expect(nameFor(of, pd, 'lan-operator')).toBe(expected);
  });

  it.each<[OwnerRole, string]>([
    ['perangkat-daerah', 'Dinas Kesehatan'],
    ['server-operator', 'Dinas Kesehatan'],
    ['diskominfo', 'Diskominfo'],
    ['joint', 'Dinas Kesehatan dan Diskominfo'],
  ])('as %s of a department is %s', (role, expected) => {
    expect(nameFor(lebong, 'dinkes', role)).toBe(expected);
  });

  it('is whom the duty names unless told, with those to call', () => {
    const obligation = lebong.obligations.find(({ rule }) => rule === 'backup-in-pusat-data');
    if (obligation === undefined) throw new Error('no duty');

    expect(ownerOf({ regulation: lebong, obligation, pd: 'dinkes' }, config)).toEqual({
      name: 'Dinas Kesehatan',
      contacts: [{ name: 'Ibu Sari' }],
    });
  });

  it('is found again by the name that an incident has, and is whom the duty names when that is nobody’s any more', () => {
    const [obligation] = lebong.obligations;
    if (obligation === undefined) throw new Error('no duty');
    const named = (name: string) => ownerNamed(name, { regulation: lebong, obligation, pd: 'dinkes' }, config).name;

    expect(['Diskominfo', 'Dinas Kesehatan dan Diskominfo', 'Dinas Kesehatan', 'Bubar'].map(named)).toEqual([
      'Diskominfo',
      'Dinas Kesehatan dan Diskominfo',
      'Dinas Kesehatan',
      'Dinas Kesehatan',
    ]);
  });
});
