import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../incident-view.ts';
import type { Judgement } from '../rule.ts';
import { nowMs, pemda, reference } from './registers/register.test-kit.ts';
import { serviceDeskRecording } from './service-desk-recording.ts';

const hourMs = 3_600_000;
const incident = (id: string, hoursAgo: number): IncidentView => ({
  id,
  pd: 'dinkes',
  obligation: 'lebong-21-5-a-wan-oleh-dinas',
  severity: 'critical',
  openedAtMs: nowMs - hoursAgo * hourMs,
  resolvedAtMs: undefined,
  isSerious: false,
  decision: undefined,
});
const entry = (more = {}) => ({
  pd: 'dinkes',
  kind: 'gangguan',
  reporter: 'pantau',
  summary: 'WAN putus',
  status: 'selesai',
  ...more,
});
const judge = (rows: ReturnType<typeof entry>[], incidents: IncidentView[]): Judgement =>
  serviceDeskRecording.judge(pemda({ 'service-desk': rows }, { incidents }), {}, nowMs);

describe('service-desk-recording', () => {
  it('says that nothing is entered, and accuses nobody', () => {
    expect(judge([], [incident('INS-1', 48)])).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'nothing-recorded',
      evidence: [],
    });
  });

  it('is content when every incident has its entry', () => {
    expect(judge([entry(), entry({ incident: 'INS-1' })], [incident('INS-1', 48)])).toEqual({
      status: 'compliant',
      reasonCode: 'recorded',
      reasonArgs: { entryCount: 2, incidentCount: 1, lookBackDays: 90 },
      evidence: [reference('service-desk'), reference('service-desk', 2)],
    });
  });

  it('gives a day for the entry, and is an indication after it', () => {
    const rows = [entry()];

    expect(judge(rows, [incident('INS-2', 2), incident('INS-0', 24 * 100)])).toMatchObject({
      status: 'compliant',
      recheckAtMs: nowMs + 22 * hourMs + 1,
    });
    expect(judge(rows, [incident('INS-1', 30), incident('INS-2', 48), incident('INS-3', 1)])).toEqual({
      status: 'breached',
      exceeded: 'indication',
      sinceAtMs: nowMs - 24 * hourMs,
      reasonCode: 'not-recorded',
      reasonArgs: { incidentCount: 2, incident: 'INS-2' },
      evidence: [{ incident: 'INS-2' }, { incident: 'INS-1' }],
    });
  });
});
