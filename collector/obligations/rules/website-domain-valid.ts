import type { DepartmentRule, Judgement, Params, WebsiteView } from '../rule.ts';
import { lookedAtAgain, namesOf, notApplicable, sightsOf, unknown, websiteReasons } from './measured/say.ts';

/** The websites of the department have names under the official domain of the Pemda, no more than its regulation allows. */
export const websiteDomainValid: DepartmentRule = {
  name: 'website-domain-valid',
  docs: 'Every registered website is the official domain of the Pemda or a subdomain of it.',
  subject: 'department',
  incidentKind: 'service',
  severity: 'info',
  params: {
    officialDomain: { default: '', docs: 'the official domain, such as lebongkab.go.id; without it nothing is judged' },
    subdomainsPerPd: { default: 0, docs: 'so many subdomains a department may have; 0: any number' },
  },
  evidence: {
    id: 'Nama situs web yang didaftarkan (website) berada di bawah domain resmi, dan situsnya terlihat dari Pusat Data.',
    en: 'The registered names (website) lie under the official domain, and the sites are seen from the Pusat Data.',
  },
  headlines: {
    'outside-domain': { id: 'Situs web di luar domain resmi', en: 'A website outside the official domain' },
    'too-many-subdomains': { id: 'Subdomain melebihi ketentuan', en: 'More subdomains than allowed' },
  },
  reasons: {
    'under-domain': {
      id: 'Situs web {hosts} berada di bawah domain resmi {officialDomain}.',
      en: 'The website {hosts} lies under the official domain {officialDomain}.',
    },
    'outside-domain': {
      id: 'Situs web {hosts} bukan subdomain dari domain resmi {officialDomain}.',
      en: 'The website {hosts} is no subdomain of the official domain {officialDomain}.',
    },
    'too-many-subdomains': {
      id: 'Perangkat Daerah ini memakai {subdomainCount} subdomain ({hosts}), lebih daripada {allowedCount} yang ditentukan; pengecualian yang telah dikoordinasikan dicatat sebagai pengecualian bernomor.',
      en: 'This department uses {subdomainCount} subdomains ({hosts}), more than the {allowedCount} that are set; an exception that was agreed is recorded as a waiver with its number.',
    },
    'domain-not-set': {
      id: 'Domain resmi Pemda belum diatur (parameter officialDomain), sehingga nama situs web tidak dapat dinilai.',
      en: 'The official domain of the Pemda is not set (parameter officialDomain), so names of websites cannot be judged.',
    },
    'no-website': {
      id: 'Perangkat Daerah ini menyatakan tidak memiliki situs web.',
      en: 'This department says that it has no website.',
    },
    'not-registered': websiteReasons['not-registered'],
    'not-looked-at': websiteReasons['not-looked-at'],
  },
  judge({ measured: { websites } }, params, nowMs): Judgement {
    if (websites === 'none') return notApplicable('no-website');
    if (websites.length === 0) return unknown('not-registered');
    const { officialDomain } = params;
    if (typeof officialDomain !== 'string' || officialDomain === '') return unknown('domain-not-set');
    return lookedAtAgain(judgeNames(websites, officialDomain.toLowerCase(), params, nowMs), nowMs);
  },
};

function judgeNames(
  websites: readonly WebsiteView[],
  officialDomain: string,
  { subdomainsPerPd = 0 }: Params,
  nowMs: number,
): Judgement {
  const outside = websites.filter(({ host }) => host !== officialDomain && !host.endsWith(`.${officialDomain}`));
  if (outside.length > 0) {
    const reasonArgs = { hosts: hostsOf(outside), officialDomain };
    const said = { reasonCode: 'outside-domain', reasonArgs, evidence: sightsOf(outside) };
    return { status: 'breached', exceeded: 'violation', sinceAtMs: nowMs, ...said };
  }
  // The same name with and without www is one, and the official domain itself is nobody's subdomain.
  const subdomains = new Set(websites.map(({ host }) => host.replace(/^www\./, '')));
  subdomains.delete(officialDomain);
  const allowedCount = Number(subdomainsPerPd);
  if (allowedCount > 0 && subdomains.size > allowedCount) {
    const reasonArgs = { subdomainCount: subdomains.size, hosts: namesOf(subdomains), allowedCount };
    const said = { reasonCode: 'too-many-subdomains', reasonArgs, evidence: sightsOf(websites) };
    return { status: 'breached', exceeded: 'finding', sinceAtMs: nowMs, ...said };
  }
  // A name that never answered may be anybody's.
  const evidence = sightsOf(websites.filter(({ seen }) => seen?.lastUpAtMs !== undefined));
  if (evidence.length === 0) return unknown('not-looked-at', { hosts: hostsOf(websites) });
  const reasonArgs = { hosts: hostsOf(websites), officialDomain };
  return { status: 'compliant', reasonCode: 'under-domain', reasonArgs, evidence };
}

function hostsOf(websites: readonly WebsiteView[]): string {
  return namesOf(websites.map(({ host }) => host));
}
