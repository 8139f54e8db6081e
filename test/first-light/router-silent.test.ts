import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emailConfigTo, startMailReceiver } from '../../collector/notify/notify-test-kit.ts';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { enrolAgent, runAgent } from '../kit/enrolled-agent.ts';
import { needs } from '../requirements.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const tools = needs({ root: true, tools: ['ip', 'ping'] });

interface ObligationRow {
  pd: string;
  subject: string | null;
  obligation: string;
  status: string;
  grade: string | null;
  reasonCode: string;
  owner: string;
}

/** A router of the department in a network namespace of its own, at the end of a real (virtual) cable. */
function startRouter(): { address: string; cut(): void; mend(): void } {
  const name = `pantau-${process.pid}`;
  const [outside, inside] = [`pt${process.pid % 100_000}a`, `pt${process.pid % 100_000}b`];
  const ip = (...args: string[]) => void execFileSync('ip', args);
  ip('netns', 'add', name);
  onTestFinished(() => ip('netns', 'delete', name));
  ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name);
  ip('address', 'add', '10.213.77.1/30', 'dev', outside);
  ip('link', 'set', outside, 'up');
  ip('netns', 'exec', name, 'ip', 'address', 'add', '10.213.77.2/30', 'dev', inside);
  ip('netns', 'exec', name, 'ip', 'link', 'set', inside, 'up');
  const turn = (state: string) => () => ip('netns', 'exec', name, 'ip', 'link', 'set', inside, state);
  return { address: '10.213.77.2', cut: turn('down'), mend: turn('up') };
}

describe.skipIf(!tools.ok)(`the WAN of a site${tools.ok ? '' : ` (skipped: ${tools.reason})`}`, () => {
  it('is a finding for Diskominfo after three silent rounds, and mended after two good ones', async () => {
    const folder = temporaryFolder();
    const router = startRouter();
    const mail = await startMailReceiver();
    onTestFinished(() => mail.close());
    const collectorData = join(folder, 'collector');
    const agentData = join(folder, 'agent');
    // A silent round of five packets lasts about three seconds, so a round starts each five.
    const text = configText({ intervalSeconds: 5, routerAddress: router.address, notify: [emailConfigTo(mail)] });
    const collector = await startCollectorProcess({ dataFolder: collectorData, configText: text });
    onTestFinished(async () => void (await collector.stop()));
    const api = apiOf(collector);
    const roles = ['vantage'];
    await enrolAgent({
      collectorData,
      collectorUrl: collector.url,
      agentData,
      pd: 'diskominfo',
      node: 'pemantau',
      roles,
    });
    runAgent(agentData);
    const duty = async (): Promise<ObligationRow | undefined> =>
      (await api.list<ObligationRow>('obligations')).find(
        (row) => row.subject === 'kantor' && row.obligation === 'lebong-21-5-a-wan-oleh-dinas',
      );

    await waitUntil('the router to answer', async () => (await duty())?.reasonCode === 'router-answers', 20_000);
    router.cut();
    const breached = await waitUntil(
      'the link to be down',
      async () => {
        const row = await duty();
        return row?.status === 'breached' && row;
      },
      60_000,
    );
    expect(breached).toMatchObject({
      pd: 'dinkes',
      obligation: 'lebong-21-5-a-wan-oleh-dinas',
      grade: 'finding',
      reasonCode: 'wan-down',
      owner: 'Dinas Komunikasi dan Informatika',
    });
    // It is told after a moment in which other sites could have fallen with it.
    await waitUntil('one mail', () => mail.mails.length === 1);
    expect(mail.mails[0]?.text).toContain('Pasal 21 ayat (5) huruf a');
    expect(mail.mails[0]?.text).toContain('Petugas Jaga');

    router.mend();
    await waitUntil('the link to be up', async () => (await duty())?.status === 'compliant', 60_000);
    await waitUntil('the resolved mail', () => mail.mails.length === 2);
    const [incident, ...others] = await api.list<{ state: string; kind: string }>('incidents');
    expect(incident).toMatchObject({ state: 'resolved', kind: 'link' });
    expect(others).toEqual([]);
  }, 150_000);
});
