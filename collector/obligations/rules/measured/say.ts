import type { Judgement, MachineView, WebsiteView } from '../../rule.ts';

/** What is measured of a department is looked at again so often, whether something is told of it or not. */
const againMs = 3_600_000;

/** Gives a judgement on what is measured a moment at which it is looked at again. */
export function lookedAtAgain(judgement: Judgement, nowMs: number): Judgement {
  const { recheckAtMs = Infinity } = judgement;
  return { ...judgement, recheckAtMs: Math.min(recheckAtMs, nowMs + againMs) };
}

export function unknown(reasonCode: string, reasonArgs: Judgement['reasonArgs'] = {}): Judgement {
  return { status: 'no-evidence', reasonCode, reasonArgs, evidence: [] };
}

export function notApplicable(reasonCode: string): Judgement {
  return { status: 'not-applicable', reasonCode, reasonArgs: {}, evidence: [] };
}

/** So many are named in a sentence; the rest is counted. */
const namedCount = 5;

export function namesOf(names: Iterable<string>): string {
  const all = [...new Set(names)].toSorted();
  const some = all.slice(0, namedCount).join(', ');
  return all.length > namedCount ? `${some} (+${all.length - namedCount})` : some;
}

/** A server of the department: what runs on a router is no place for data. */
export function serversOf(machines: readonly MachineView[]): MachineView[] {
  return machines.filter(({ isRouter, lastHeardAtMs }) => !isRouter && lastHeardAtMs !== undefined);
}

const mostRecords = 16;

export function recordsOf(machines: readonly MachineView[]): Judgement['evidence'] {
  return machines.slice(0, mostRecords).map(({ record }) => record);
}

/** What the agents at the Pusat Data saw of websites. */
export function sightsOf(websites: readonly WebsiteView[]): Judgement['evidence'] {
  return websites.flatMap(({ seen }) => seen?.record ?? []).slice(0, mostRecords);
}

/** Sentences of the rules on websites that say why nothing is judged. */
export const websiteReasons = {
  'not-registered': {
    id: 'Alamat situs web Perangkat Daerah ini belum didaftarkan (website), sehingga tidak dapat diperiksa; isi false bila memang tidak memiliki situs web.',
    en: 'No website of this department is registered (website), so none can be looked at; write false if it has none.',
  },
  'nobody-looks': {
    id: 'Belum ada agen di Pusat Data (peran vantage) yang dapat memeriksa situs web.',
    en: 'There is no agent at the Pusat Data (role vantage) that could look at websites.',
  },
  'not-looked-at': {
    id: 'Belum ada pemeriksaan terbaru atas situs web {hosts} dari Pusat Data.',
    en: 'There is no recent look at the website {hosts} from the Pusat Data.',
  },
} as const;
