import type { ProbeCertificate } from '../../../shared/probe-schema.ts';
import type { Judgement, LinkView, Params, SiteRule, SiteSubjectFacts } from '../rule.ts';

const dayMs = 86_400_000;

/**
 * What the probed servers show is trusted and not about to expire. Only certificates of servers are seen, never those
 * with which people sign. One that the Pusat Data sees too is judged there, once.
 */
export const certificateValid: SiteRule = {
  name: 'certificate-valid',
  docs: 'Certificates that probed servers show are trusted and last for a while yet.',
  subject: 'site',
  incidentKind: 'service',
  severity: 'warning',
  params: { warnDays: { default: 30, docs: 'so many days before a certificate ends somebody is told' } },
  evidence: {
    id: 'Pemeriksaan TLS oleh agen yang melihat sertifikat server, masa berlaku, dan kepercayaannya.',
    en: 'A TLS probe of an agent that sees the certificate of the server, its validity and its trust.',
  },
  headlines: {
    'certificate-expired': { id: 'Sertifikat sudah berakhir', en: 'A certificate has ended' },
    'certificate-untrusted': { id: 'Sertifikat tidak dipercaya', en: 'A certificate is not trusted' },
    'certificate-expires-soon': { id: 'Sertifikat segera berakhir', en: 'A certificate ends soon' },
  },
  reasons: {
    valid: {
      id: 'Sertifikat server yang diperiksa dipercaya dan masih berlaku; yang paling dahulu berakhir: {target} pada {notAfterAtMs}.',
      en: 'The certificates of the servers that are looked at are trusted and valid; the first to end is that of {target}, on {notAfterAtMs}.',
    },
    'certificate-expired': {
      id: 'Sertifikat {target} ({subject}) sudah berakhir pada {notAfterAtMs}.',
      en: 'The certificate of {target} ({subject}) ended on {notAfterAtMs}.',
    },
    'certificate-untrusted': {
      id: 'Sertifikat {target} ({subject}) tidak dipercaya: {trust}.',
      en: 'The certificate of {target} ({subject}) is not trusted: {trust}.',
    },
    'certificate-expires-soon': {
      id: 'Sertifikat {target} ({subject}) berakhir pada {notAfterAtMs}, kurang dari {warnDays} hari lagi (batas ini bawaan aplikasi).',
      en: 'The certificate of {target} ({subject}) ends on {notAfterAtMs}, in less than {warnDays} days (a limit that is a default of the application).',
    },
    'judged-at-pusat-data': {
      id: 'Sertifikat yang terlihat dari lokasi ini dinilai dari Pusat Data.',
      en: 'The certificates that this site sees are judged from the Pusat Data.',
    },
    'no-certificate': {
      id: 'Tidak ada sertifikat server yang diperiksa dari lokasi ini.',
      en: 'No certificate of a server is looked at from this site.',
    },
  },
  /** Who was told that a certificate will end was not told that it has. */
  faults: [['certificate-expired', 'certificate-untrusted'], ['certificate-expires-soon']],
  words: {
    trust: {
      // By the calendar it goes on itself: it is one above it, or the clock of the machine that looked is wrong.
      expired: {
        id: 'sertifikat dalam rantainya sudah berakhir, atau jam perangkat pemeriksa salah',
        en: 'a certificate of its chain has ended, or the clock of the machine that looked is wrong',
      },
      'self-signed': { id: 'ditandatangani sendiri', en: 'it is self-signed' },
      'wrong-name': { id: 'namanya bukan nama server itu', en: 'its name is not that of the server' },
      'not-yet-valid': { id: 'belum mulai berlaku', en: 'it is not valid yet' },
      revoked: { id: 'sudah dicabut', en: 'it was revoked' },
      untrusted: { id: 'penerbitnya tidak dikenal', en: 'its issuer is not known' },
    },
  },
  judge(facts, params, nowMs): Judgement {
    const seen = shown(facts.links.filter((link) => !link.fromPusatData && link.state !== 'unknown'));
    if (seen.length === 0) return plain('no-evidence', 'no-certificate');
    const own = facts.isVantagePoint ? seen : seen.filter((one) => !isSeenIn(facts.atPusatData, one));
    if (own.length === 0) return plain('not-applicable', 'judged-at-pusat-data');
    const warnDays = positive(params['warnDays']);
    const judgement = worstOf(own, warnDays, nowMs);
    const moments = own.flatMap(({ endsAtMs }) => [endsAtMs, endsAtMs - warnDays * dayMs]).filter((at) => at > nowMs);
    return moments.length === 0 ? judgement : { ...judgement, recheckAtMs: Math.min(...moments) };
  },
};

interface Shown {
  link: LinkView;
  certificate: ProbeCertificate;
  endsAtMs: number;
}

/** The first to end comes first. */
function shown(links: readonly LinkView[]): Shown[] {
  return links
    .flatMap((link) => {
      const { certificate } = link;
      return certificate === undefined ? [] : [{ link, certificate, endsAtMs: Date.parse(certificate.notAfter) }];
    })
    .toSorted((a, b) => a.endsAtMs - b.endsAtMs);
}

function isSeenIn(links: SiteSubjectFacts['atPusatData'], { certificate }: Shown): boolean {
  return links.some((link) => link.state !== 'unknown' && link.certificate?.fingerprint === certificate.fingerprint);
}

function worstOf(own: readonly Shown[], warnDays: number, nowMs: number): Judgement {
  const expired = own.find(({ endsAtMs }) => endsAtMs <= nowMs);
  if (expired !== undefined) {
    return { ...breach('certificate-expired', expired), exceeded: 'violation', severity: 'critical' };
  }
  const untrusted = own.find(({ certificate }) => certificate.trust !== 'trusted');
  if (untrusted !== undefined) {
    const judgement = breach('certificate-untrusted', untrusted);
    const reasonArgs = { ...argsOf(untrusted), trust: untrusted.certificate.trust };
    return { ...judgement, exceeded: 'finding', sinceAtMs: untrusted.link.lastRoundAtMs, reasonArgs };
  }
  const [first] = own;
  if (first !== undefined && first.endsAtMs - nowMs < warnDays * dayMs) {
    const judgement = breach('certificate-expires-soon', first);
    // Nothing is wrong yet, and the number of days is ours.
    return {
      ...judgement,
      exceeded: 'note',
      sinceAtMs: first.endsAtMs - warnDays * dayMs,
      reasonArgs: { ...argsOf(first), warnDays },
    };
  }
  const reasonArgs = first === undefined ? {} : { target: first.link.target, notAfterAtMs: first.endsAtMs };
  return { status: 'compliant', reasonCode: 'valid', reasonArgs, evidence: own.map(({ link }) => link.record) };
}

function breach(reasonCode: string, one: Shown): Judgement {
  const { link, endsAtMs } = one;
  return { status: 'breached', reasonCode, sinceAtMs: endsAtMs, reasonArgs: argsOf(one), evidence: [link.record] };
}

function argsOf({ link, certificate, endsAtMs }: Shown): Judgement['reasonArgs'] {
  return { target: link.target, subject: certificate.subject, notAfterAtMs: endsAtMs };
}

function plain(status: Judgement['status'], reasonCode: string): Judgement {
  return { status, reasonCode, reasonArgs: {}, evidence: [] };
}

function positive(value: Params[string] | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 30;
}
