import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  emailConfigTo,
  startHttpReceiver,
  startMailReceiver,
  webhookConfigTo,
} from '../../collector/notify/notify-test-kit.ts';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { enrolAgent, runAgent } from '../kit/enrolled-agent.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

interface ObligationRow {
  subject: string | null;
  status: string;
  grade: string | null;
  reasonCode: string;
  pasal: string;
  ayat: string | null;
  owner: string;
  evidence: unknown[];
}

const minuteMs = 60_000;

/**
 * A backup due each minute, with a grace chosen so that the one of a moment before the last full minute is good for
 * `goodForMs` more and then overdue: the test watches a deadline pass without waiting for a night.
 */
function overdueSoon(goodForMs: number): { completedAtMs: number; grace: string } {
  const minuteStartMs = Math.floor(Date.now() / minuteMs) * minuteMs;
  const graceSeconds = Math.ceil((Date.now() - minuteStartMs + goodForMs) / 1000);
  return { completedAtMs: minuteStartMs - 10_000, grace: `${graceSeconds}s` };
}

function addBackup(folder: string, name: string, completedAtMs: number): void {
  const path = join(folder, name);
  writeFileSync(path, `dump of ${name}\n`);
  utimesSync(path, completedAtMs / 1000, completedAtMs / 1000);
}

describe('a watched folder', () => {
  it('tells Diskominfo once when backups stop appearing, and once when they are back', async () => {
    const folder = temporaryFolder();
    const watched = join(folder, 'cadangan');
    mkdirSync(watched);
    const mail = await startMailReceiver();
    onTestFinished(() => mail.close());
    const hook = await startHttpReceiver();
    onTestFinished(() => hook.close());
    const { completedAtMs, grace } = overdueSoon(12_000);
    const dataset = {
      id: 'simda',
      schedule: '* * * * *',
      grace,
      source: { kind: 'files', path: join(watched, '*.sql') },
    };
    const collectorData = join(folder, 'collector');
    const agentData = join(folder, 'agent');
    const collector = await startCollectorProcess({
      dataFolder: collectorData,
      configText: configText({ datasets: [dataset], notify: [emailConfigTo(mail), webhookConfigTo(hook.url)] }),
    });
    onTestFinished(async () => void (await collector.stop()));
    const api = apiOf(collector);
    const duty = async (): Promise<ObligationRow | undefined> =>
      (await api.list<ObligationRow>('obligations')).find((row) => row.subject === 'simda');
    await enrolAgent({ collectorData, collectorUrl: collector.url, agentData, pd: 'dinkes', node: 'server-a' });
    runAgent(agentData);

    expect((await duty())?.status).toBe('no-evidence');
    addBackup(watched, 'simda-1.sql', completedAtMs);
    const good = await waitUntil('the backup to count', async () => {
      const row = await duty();
      return row?.status === 'compliant' && row;
    });
    expect(good).toMatchObject({ reasonCode: 'backup-fresh', pasal: '19', ayat: '1', owner: 'Dinas Kesehatan' });
    expect(good.evidence).toHaveLength(1);
    expect(mail.mails).toHaveLength(0);

    const overdue = await waitUntil(
      'the backup to be overdue',
      async () => {
        const row = await duty();
        return row?.status === 'breached' && row;
      },
      30_000,
    );
    expect(overdue).toMatchObject({ reasonCode: 'backup-overdue', grade: 'indication' });
    await waitUntil('one mail and one call', () => mail.mails.length === 1 && hook.requests.length === 1);
    expect(mail.mails[0]?.text).toContain('Dinas Kesehatan');
    expect(mail.mails[0]?.text).toContain('Pasal 19 ayat (1)');
    expect(mail.mails[0]?.text).toContain('Indikasi pelanggaran');
    expect(mail.mails[0]?.text).toContain('Ibu Sari');
    expect(mail.mails[0]?.text).toContain('0812-0000-0002');

    addBackup(watched, 'simda-2.sql', Date.now());
    await waitUntil('the duty to be met again', async () => (await duty())?.status === 'compliant');
    await waitUntil('the resolved notices', () => mail.mails.length === 2 && hook.requests.length === 2);
    const events = hook.requests.map(
      (request) => (JSON.parse(request.body) as { notice: { event: string } }).notice.event,
    );
    expect(events).toEqual(['opened', 'resolved']);
    const [incident, ...others] = await api.list<{ state: string; kind: string; resolvedAt: string }>('incidents');
    expect(incident).toMatchObject({ state: 'resolved', kind: 'backup' });
    expect(others).toEqual([]);
  });
});
