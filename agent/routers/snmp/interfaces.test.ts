import { describe, expect, it } from 'vitest';
import { type InterfaceRow, interfacesOf } from './interfaces.ts';
import type { Varbind } from './values.ts';

const text = (value: string): Varbind => ({ oid: '1', type: 4, value: Buffer.from(value) });
const number = (value: number): Varbind => ({ oid: '1', type: 2, value });
const up = number(1);

function namesOf(rows: [number, InterfaceRow][]): string[] {
  return interfacesOf(new Map(rows), new Map()).map(({ name }) => name);
}

describe('names of interfaces', () => {
  it.each<[string, [number, InterfaceRow][], string[]]>([
    ['are those of the device', [[1, { name: text('ether1'), operStatus: up }]], ['ether1']],
    ['are made of the index where there is none', [[7, { operStatus: up }]], ['if7']],
    [
      'get the alias when one is there twice',
      [
        [1, { name: text('wan'), alias: text('utara'), operStatus: up }],
        [2, { name: text('wan'), alias: text('selatan'), operStatus: up }],
        [3, { name: text('lan'), operStatus: up }],
      ],
      ['wan#utara', 'wan#selatan', 'lan'],
    ],
    [
      'get the index when the alias is the same too, or missing',
      [
        [1, { name: text('eth'), operStatus: up }],
        [2, { name: text('eth'), operStatus: up }],
        [3, { name: text('ppp'), alias: text('isp'), operStatus: up }],
        [4, { name: text('ppp'), alias: text('isp'), operStatus: up }],
      ],
      ['eth#1', 'eth#2', 'ppp#isp#3', 'ppp#isp#4'],
    ],
    [
      'stay apart when they are cut to what a report holds',
      [
        [1, { name: text(`${'x'.repeat(64)}1`), operStatus: up }],
        [2, { name: text(`${'x'.repeat(64)}2`), operStatus: up }],
      ],
      [`${'x'.repeat(62)}#1`, `${'x'.repeat(62)}#2`],
    ],
    ['lose the zero byte that some devices end them with', [[1, { name: text('eth0\0'), operStatus: up }]], ['eth0']],
    ['are given to nothing without a state', [[1, { name: text('ghost') }]], []],
  ])('%s', (_, rows, names) => {
    expect(namesOf(rows)).toEqual(names);
  });
});

describe('speed of an interface', () => {
  it.each<[string, InterfaceRow, number | undefined]>([
    ['is exact below four gigabits', { speed: number(1_544_000), highSpeed: number(1) }, 1_544_000],
    ['comes from the newer column above', { speed: number(2 ** 32 - 1), highSpeed: number(10_000) }, 1e10],
    ['comes from the newer column when the older is zero', { speed: number(0), highSpeed: number(100) }, 1e8],
    ['is unknown when neither is there', {}, undefined],
  ])('%s', (_, row, speed) => {
    const [found] = interfacesOf(new Map([[1, { ...row, operStatus: up }]]), new Map());

    expect(found?.speedBitsPerSecond).toBe(speed);
  });
});
