import { AppError } from '../../shared/errors.ts';
import type { Known } from './known-names.ts';
import { parseConfig } from './load-config.ts';

/** Texts and short cuts for the tests of what is wrong with a configuration. */
export const known: Known = {
  regulations: ['lebong-perbup-22-2022', 'sigi-perbup-27-2019'],
  obligations: ['lebong-19-1-pencadangan-berkala'],
  params: { 'lebong-19-1-pencadangan-berkala': { sizeLowRatio: 'number', clockToleranceSeconds: 'number' } },
  lawParams: { 'lebong-19-1-pencadangan-berkala': { clockToleranceSeconds: 'Pasal 19 ayat (1)' } },
  diskominfo: { 'lebong-perbup-22-2022': 'Dinas Komunikasi, Informatika, Statistik dan Persandian' },
  regulationOf: () => ['is read elsewhere'],
  with: () => known,
};

export const minimal = `pemda:
  name: Kabupaten Lebong
  diskominfo: { pd: diskominfo, name: Diskominfo }
regulations: [lebong-perbup-22-2022]
perangkatDaerah:
  - id: diskominfo
    name: Diskominfo
`;
const lastLine = minimal.split('\n').length - 1;

export function parse(text: string) {
  return parseConfig(text, 'pantau.yaml', known);
}

export function messageFor(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-config') return error.message;
    throw error;
  }
  return 'accepted';
}

/** The message for the minimal configuration and one more line or section. */
export const withMore = (more: string) => messageFor(minimal + more);
export const dataset = (settings: string) => `    datasets: [{ id: a, source: { kind: vault }, ${settings} }]\n`;
export const site = (settings: string) => `    sites: [{ id: a, ${settings} }]\n`;
export const n = lastLine + 1;
