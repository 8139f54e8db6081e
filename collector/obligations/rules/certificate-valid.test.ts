import { describe, expect, it } from 'vitest';
import type { ProbeCertificate } from '../../../shared/probe-schema.ts';
import { nowMs, record, router, site } from '../network/site-facts.test-kit.ts';
import type { LinkView, SiteSubjectFacts } from '../rule.ts';
import { certificateValid } from './certificate-valid.ts';

const dayMs = 86_400_000;
const subject = 'CN=spl.lebongkab.go.id';
const target = 'spl.lebongkab.go.id';

function showing(days: number, trust = 'trusted', patch: Partial<LinkView> = {}): LinkView {
  const certificate: ProbeCertificate = {
    notAfter: new Date(nowMs + days * dayMs).toISOString(),
    subject,
    issuer: 'CN=BSrE',
    fingerprint: 'a'.repeat(64),
    trust,
  };
  const bad = trust === 'trusted' && days > 0 ? ('up' as const) : ('down' as const);
  return router(bad, {
    layer: 'spl',
    kind: 'tls',
    target,
    prober: 'server-1',
    fromPusatData: false,
    certificate,
    ...patch,
  });
}

const judge = (facts: Partial<SiteSubjectFacts>, params = {}) => certificateValid.judge(site(facts), params, nowMs);
const endsAt = (days: number) => nowMs + days * dayMs;
const evidence = [record(1)];

describe('certificate-valid', () => {
  it('is content with one that is trusted and lasts, and looks again when it nears its end', () => {
    expect(judge({ links: [showing(90)] })).toEqual({
      status: 'compliant',
      reasonCode: 'valid',
      reasonArgs: { target, notAfterAtMs: endsAt(90) },
      evidence,
      recheckAtMs: endsAt(60),
    });
  });

  it('is a note of ours from thirty days before the end', () => {
    expect(judge({ links: [showing(30)] }).status).toBe('compliant');
    expect(judge({ links: [showing(29)] })).toEqual({
      status: 'breached',
      exceeded: 'note',
      reasonCode: 'certificate-expires-soon',
      sinceAtMs: endsAt(-1),
      reasonArgs: { target, subject, notAfterAtMs: endsAt(29), warnDays: 30 },
      evidence,
      recheckAtMs: endsAt(29),
    });
    expect(judge({ links: [showing(29)] }, { warnDays: 14 }).status).toBe('compliant');
    expect(judge({ links: [showing(29)] }, { warnDays: -1 }).status).toBe('breached');
  });

  it('is urgent when it has ended, since then', () => {
    expect(judge({ links: [showing(-2, 'expired')] })).toEqual({
      status: 'breached',
      exceeded: 'violation',
      severity: 'critical',
      reasonCode: 'certificate-expired',
      sinceAtMs: endsAt(-2),
      reasonArgs: { target, subject, notAfterAtMs: endsAt(-2) },
      evidence,
    });
  });

  it('ends by the calendar, whatever was found at the last look', () => {
    expect(judge({ links: [showing(-0.01, 'trusted', { state: 'up' })] }).reasonCode).toBe('certificate-expired');
  });

  it('is a finding when it is not trusted, with the reason', () => {
    expect(judge({ links: [showing(90, 'wrong-name')] })).toMatchObject({
      status: 'breached',
      exceeded: 'finding',
      reasonCode: 'certificate-untrusted',
      reasonArgs: { target, subject, notAfterAtMs: endsAt(90), trust: 'wrong-name' },
    });
  });

  it('is only not trusted when it lasts itself, and one of its chain has ended', () => {
    expect(judge({ links: [showing(90, 'expired')] })).toMatchObject({
      status: 'breached',
      exceeded: 'finding',
      reasonCode: 'certificate-untrusted',
      reasonArgs: { notAfterAtMs: endsAt(90), trust: 'expired' },
    });
  });

  it('tells of the worst of several', () => {
    const links = [showing(5), showing(200, 'self-signed'), showing(-1, 'expired')];

    expect(judge({ links }).reasonCode).toBe('certificate-expired');
    expect(judge({ links: links.slice(0, 2) }).reasonCode).toBe('certificate-untrusted');
    expect(judge({ links: [showing(90), showing(5)] }).reasonCode).toBe('certificate-expires-soon');
  });

  it('is judged once, at the Pusat Data, when that sees the same one', () => {
    const atPusatData = [showing(-1, 'expired', { fromPusatData: true })];

    expect(judge({ links: [showing(-1, 'expired')], atPusatData }).reasonCode).toBe('judged-at-pusat-data');
    expect(judge({ links: [showing(-1, 'expired')], atPusatData, isVantagePoint: true }).status).toBe('breached');
  });

  it.each<[string, Partial<SiteSubjectFacts>]>([
    ['none was shown', {}],
    ['the prober is silent', { links: [showing(-1, 'expired', { state: 'unknown' })] }],
    ['only the Pusat Data looks at a server of the site', { links: [showing(-1, 'expired', { fromPusatData: true })] }],
  ])('says nothing when %s', (_name, facts) => {
    expect(judge(facts)).toEqual({ status: 'no-evidence', reasonCode: 'no-certificate', reasonArgs: {}, evidence: [] });
  });
});
