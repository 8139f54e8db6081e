import type { DepartmentRule, Judgement, WebsiteView } from '../rule.ts';
import { lookedAtAgain, namesOf, sightsOf, unknown, websiteReasons } from './measured/say.ts';

const defaultAbsentAfterDays = 7;
const dayMs = 86_400_000;

/** The department shows itself to the public: one of its registered websites answers. A site that is down for a while exists. */
export const websiteExists: DepartmentRule = {
  name: 'website-exists',
  docs: 'A registered website of the department answered lately.',
  subject: 'department',
  incidentKind: 'service',
  severity: 'warning',
  params: {
    absentAfterDays: {
      default: defaultAbsentAfterDays,
      docs: 'a website that has not answered for so many days counts as missing',
    },
  },
  toldBy: { 'website-available': ['target-missed-already'] },
  evidence: {
    id: 'Alamat situs web yang didaftarkan (website) menjawab pemeriksaan agen di Pusat Data.',
    en: 'A registered address (website) that answers an agent at the Pusat Data.',
  },
  headlines: {
    'no-website': { id: 'Tidak memiliki situs web', en: 'There is no website' },
    absent: { id: 'Situs web tidak ada', en: 'The website is missing' },
  },
  reasons: {
    exists: {
      id: 'Situs web {host} ada; terakhir menjawab {lastUpAtMs}.',
      en: 'The website {host} exists; it answered last on {lastUpAtMs}.',
    },
    'no-website': {
      id: 'Perangkat Daerah ini menyatakan tidak memiliki situs web (website: false).',
      en: 'This department says that it has no website (website: false).',
    },
    absent: {
      id: 'Situs web {hosts} tidak menjawab selama {absentAfterDays} hari atau lebih (batas ini bawaan aplikasi), sehingga dianggap tidak ada.',
      en: 'The website {hosts} has not answered for {absentAfterDays} days or longer (a default of the application), and counts as missing.',
    },
    'silent-lately': {
      id: 'Situs web {hosts} belum pernah menjawab; ditunggu sampai {absentAfterDays} hari (bawaan aplikasi) sebelum dianggap tidak ada.',
      en: 'The website {hosts} has never answered; it is awaited for {absentAfterDays} days (a default of the application) before it counts as missing.',
    },
    ...websiteReasons,
  },
  judge({ measured }, { absentAfterDays: given }, nowMs): Judgement {
    const { websites, vantageCount } = measured;
    if (websites === 'none') {
      const said = { reasonCode: 'no-website', reasonArgs: {}, evidence: [] };
      return { status: 'breached', exceeded: 'violation', sinceAtMs: nowMs, ...said };
    }
    if (websites.length === 0) return unknown('not-registered');
    const absentAfterDays = typeof given === 'number' && given > 0 ? given : defaultAbsentAfterDays;
    return lookedAtAgain(
      vantageCount === 0 ? unknown('nobody-looks') : judgeSeen(websites, absentAfterDays, nowMs),
      nowMs,
    );
  },
};

type Seen = NonNullable<WebsiteView['seen']>;

/** A page with a bad certificate is there; what it shows is judged elsewhere. */
function lastAnswerMs({ state, reason, lastUpAtMs, lastRoundAtMs }: Seen): number | undefined {
  return state === 'down' && reason?.startsWith('certificate-') === true ? lastRoundAtMs : lastUpAtMs;
}

function judgeSeen(websites: readonly WebsiteView[], absentAfterDays: number, nowMs: number): Judgement {
  const sinceMs = nowMs - absentAfterDays * dayMs;
  const answered = websites
    .flatMap(({ host, seen }) => {
      const atMs = seen && lastAnswerMs(seen);
      return seen === undefined || atMs === undefined || atMs < sinceMs ? [] : [{ host, atMs, record: seen.record }];
    })
    .toSorted((a, b) => b.atMs - a.atMs || a.host.localeCompare(b.host));
  const [newest] = answered;
  if (newest !== undefined) {
    const reasonArgs = { host: newest.host, lastUpAtMs: newest.atMs };
    return { status: 'compliant', reasonCode: 'exists', reasonArgs, evidence: [newest.record] };
  }
  const isDown = ({ seen }: WebsiteView) => seen?.state === 'down';
  const unseen = websites.filter((website) => !isDown(website));
  if (unseen.length > 0) return unknown('not-looked-at', { hosts: namesOf(unseen.map(({ host }) => host)) });
  return judgeSilent(websites, { absentAfterDays, sinceMs });
}

function judgeSilent(
  websites: readonly WebsiteView[],
  { absentAfterDays, sinceMs }: { absentAfterDays: number; sinceMs: number },
): Judgement {
  const reasonArgs = { hosts: namesOf(websites.map(({ host }) => host)), absentAfterDays };
  const evidence = sightsOf(websites);
  const downSinceMs = Math.max(...websites.map(({ seen }) => seen?.sinceMs ?? Infinity));
  if (downSinceMs > sinceMs) return { status: 'no-evidence', reasonCode: 'silent-lately', reasonArgs, evidence };
  const said = { reasonCode: 'absent', reasonArgs, evidence };
  // Only a number of ours says from when on a silent site is none.
  return { status: 'breached', exceeded: 'indication', sinceAtMs: downSinceMs, ...said };
}
