import { describe, expect, it } from 'vitest';
import { testConfig } from '../../../../test/kit/judging-bench.ts';
import type { IncidentFigures, MonthFigures } from '../figures.ts';
import { createScribe } from '../scribe.ts';
import { incidentGroupsTable } from './incident-groups.ts';

const fromMs = Date.parse('2026-09-30T17:00:00Z');
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function outage(day: number, patch: Partial<IncidentFigures> = {}): IncidentFigures {
  const sinceMs = fromMs + day * dayMs;
  return {
    id: `INS-${day}`,
    kind: 'link',
    obligation: 'own-wan',
    subject: 'dinkes/kantor/wan',
    cause: 'cable-cut',
    owner: 'Seksi Jaringan',
    severity: 'warning',
    sinceMs,
    openedAtMs: sinceMs,
    resolvedAtMs: sinceMs + hourMs,
    durationSeconds: 3600,
    monthSeconds: 3600,
    downSeconds: 3600,
    unknownSeconds: 0,
    reopenedCount: 0,
    sites: [],
    obligations: ['own-wan'],
    revision: 0,
    ...patch,
  };
}

function rowsOf(incidents: IncidentFigures[]): string[][] {
  const none = { links: [], nodes: [], datasets: [], bandwidth: [], paths: [], verdicts: [] };
  const figures: MonthFigures = {
    month: '2026-10',
    fromMs,
    untilMs: fromMs + 31 * dayMs,
    departments: [{ pd: 'dinkes', ...none, incidents }],
    common: { verdicts: [], incidents: [] },
  };
  const view = { config: testConfig(), figures, coverage: undefined, scribe: createScribe('id', 'Asia/Jakarta') };
  return incidentGroupsTable.rows(view, 'dinkes').map((row) => row.slice(3).map(({ text }) => text));
}

describe('incidents on the page of a department', () => {
  it('stand once for one subject and cause, with their count, their sum, the first and the last', () => {
    const { resolvedAtMs: _, ...open } = outage(20, { cause: 'power', unknownSeconds: 1800 });

    expect(rowsOf([outage(4), outage(2), outage(9), outage(5, { cause: 'power' }), open])).toEqual([
      [
        'kabel putus atau vandalisme',
        '3',
        '3 Oktober 2026 00.00',
        '10 Oktober 2026 01.00',
        '3,00',
        '0,00',
        'Seksi Jaringan',
      ],
      ['listrik padam', '2', '6 Oktober 2026 00.00', 'belum pulih', '2,00', '0,50', 'Seksi Jaringan'],
    ]);
  });
});
