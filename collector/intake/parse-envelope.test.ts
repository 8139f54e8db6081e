import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { parseEnvelope } from './parse-envelope.ts';

const agent = testAgent();
const sentAtMs = Date.parse('2026-11-22T03:00:00Z');
const good = agent.envelope([agent.report(sentAtMs)], sentAtMs);

function refusal(bytes: Buffer | string): Pick<AppError, 'code' | 'status' | 'field'> {
  try {
    parseEnvelope(Buffer.from(bytes));
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, status: error.status, field: error.field };
    throw error;
  }
  throw new Error('it was accepted');
}

/** Milliseconds that a refusal keeps the process busy, the best of three. */
function blockMs(text: string): number {
  const runs = [1, 2, 3].map(() => {
    const startedAtMs = performance.now();
    refusal(text);
    return performance.now() - startedAtMs;
  });
  return Math.min(...runs);
}

const withReport = (patch: object) => JSON.stringify({ ...good, reports: [{ ...good.reports[0], ...patch }] });

describe('an envelope', () => {
  it('comes through as it was written', () => {
    expect(parseEnvelope(Buffer.from(JSON.stringify(good)))).toEqual(good);
  });

  it.each([
    ['nothing', '', 'not-json'],
    ['half a document', JSON.stringify(good).slice(0, -1), 'not-json'],
    ['a byte order mark', `\uFEFF${JSON.stringify(good)}`, 'not-json'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'not-utf-8'],
    ['a surrogate half in the bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'not-utf-8'],
  ])('is refused with status 400 when it is %s', (_name, bytes, code) => {
    expect(refusal(bytes)).toEqual({ code, status: 400, field: undefined });
  });

  it.each([
    ['no object at all', 'null', '/'],
    ['another schema', JSON.stringify({ ...good, schema: 'pantau.report/2' }), '/schema'],
    ['an unknown field', JSON.stringify({ ...good, extra: 1 }), '/extra'],
    [
      'a wrong field deep inside',
      withReport({ spool: { queuedCount: -1, droppedCount: 0 } }),
      '/reports/0/spool/queuedCount',
    ],
    ['a report without a number', withReport({ seq: undefined }), '/reports/0'],
    ['51 reports', JSON.stringify({ ...good, reports: Array.from({ length: 51 }, () => good.reports[0]) }), '/reports'],
    [
      'a bad third report',
      JSON.stringify({ ...good, reports: [good.reports[0], good.reports[0], { ...good.reports[0], seq: 0 }] }),
      '/reports/2/seq',
    ],
    ['a day that does not exist in sentAt', JSON.stringify({ ...good, sentAt: '2026-13-41T00:00:00Z' }), '/sentAt'],
    ['an hour that does not exist in takenAt', withReport({ takenAt: '2026-11-22T99:00:00Z' }), '/reports/0/takenAt'],
    [
      'a boot that cannot be',
      withReport({ host: { ...good.reports[0]?.host, bootedAt: '2026-00-00T00:00:00Z' } }),
      '/reports/0/host/bootedAt',
    ],
    [
      'a backup that ended at no time',
      withReport({ backups: [{ dataset: 'a', source: 'files', outcome: 'ok', completedAt: '2026-11-31T25:61:61Z' }] }),
      '/reports/0/backups/0/completedAt',
    ],
  ])('is refused with status 422 and the field when it has %s', (_name, text, field) => {
    expect(refusal(text)).toEqual({ code: 'invalid-report', status: 422, field });
  });

  it('is refused as too complex when it has more parts than any honest batch', () => {
    const text = `{"reports":[${'[],'.repeat(300_000)}[]]}`;
    expect(refusal(text)).toEqual({ code: 'body-too-complex', status: 413, field: undefined });
  });

  it.each([
    ['350 000 empty reports', `{"reports":[${'{},'.repeat(349_000)}{}]}`],
    ['brackets nested half a million deep', `${'['.repeat(520_000)}${']'.repeat(520_000)}`],
    ['half a million numbers for reports', `{"reports":[${'0,'.repeat(520_000)}0]}`],
    ['ninety thousand unknown fields', `{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":1`).join()}}`],
    ['a report of wrong rows', withReport({ probes: Array.from({ length: 11_900 }, () => ({ name: 1 })) })],
    [
      'reports full of wrong rows',
      JSON.stringify({
        ...good,
        reports: Array.from({ length: 50 }, () => ({ interfaces: Array.from({ length: 200 }, () => ({})) })),
      }),
    ],
  ])('never keeps the process busy for long: %s', (_name, text) => {
    expect(blockMs(text)).toBeLessThan(300);
  });
});
