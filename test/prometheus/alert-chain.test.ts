import { describe, expect, it } from 'vitest';
import type { HeldAlert } from '../kit/alertmanager.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { type AlertChain, startAlertChain } from './alert-chain.ts';
import { readRules } from './rule-files.ts';
import { troubledPage } from './troubled-page.ts';

const needed = needs({ tools: ['prometheus', 'prometheus-alertmanager'] });
const patienceMs = 40_000;

const shortName = ({ labels }: Pick<HeldAlert, 'labels'>): string =>
  [labels['alertname'], labels['pd'], labels['site']].filter(Boolean).join(' ');

async function firingNames({ prometheus }: AlertChain): Promise<Set<string>> {
  const firing = (await prometheus.alerts()).filter(({ state }) => state === 'firing');
  return new Set(firing.map(({ labels }) => labels['alertname'] ?? ''));
}

describe.skipIf(!needed.ok)(`Plain conditions, Prometheus and Alertmanager ${needed.reason}`, () => {
  it('tell each department once, hold back what lies behind, and tell when it is over', async () => {
    const chain = await startAlertChain('conditions');
    chain.show(() => troubledPage(true));
    const wanted = readRules().filter(({ file, isAlert }) => isAlert && file === 'conditions');
    const isAllFiring = async () => {
      const firing = await firingNames(chain);
      return wanted.every(({ name }) => firing.has(name));
    };
    await waitUntil('every condition to fire', isAllFiring, patienceMs);

    // The texts, as people get them.
    const alerts = await chain.prometheus.alerts();
    const texts = alerts.flatMap(({ annotations }) => Object.values(annotations));
    expect(texts.filter((text) => /error expanding|no value|\{\{|NaN/.test(text))).toEqual([]);
    const names = alerts
      .filter(({ labels }) => 'pd' in labels)
      .map(({ annotations }) => annotations['perangkat_daerah']);
    expect(new Set(names)).toEqual(new Set(['Dinas Kesehatan', 'Dinas "Pendidikan"']));
    const late = alerts.find(({ labels }) => labels['alertname'] === 'CadanganTerlambat' && labels['pd'] === 'dinkes');
    expect(late?.annotations['description']).toContain('Cadangan baik terakhir 30 jam yang lalu.');

    // What is held back, and by what.
    const held = () => chain.alertmanager.alerts();
    const suppressed = async () => (await held()).filter(({ status }) => status.state === 'suppressed');
    const behind = [
      'AgenDiam dinkes kantor',
      'SambunganInternetTerputus dinkes kantor',
      'SambunganJipTerputus dinkes kantor',
      'SambunganLanTerputus dinkes kantor',
      'SambunganSplTerputus dikbud kantor',
      'SambunganSplTerputus dinkes kantor',
      'SambunganWanTerputus dinkes kantor',
      'SertifikatSegeraBerakhir',
    ];
    await waitUntil('what lies behind to be held back', async () => (await suppressed()).length === behind.length);
    expect((await suppressed()).map(shortName).toSorted()).toEqual(behind);
    const router = (await held()).find((alert) => shortName(alert) === 'RouterMati dinkes kantor');
    const wan = (await held()).find((alert) => shortName(alert) === 'SambunganWanTerputus dinkes kantor');
    expect(wan?.status.inhibitedBy).toEqual([router?.fingerprint]);

    // One notice for a department, and nothing in it that is held back.
    const told = (status: string) =>
      chain.notices().flatMap((notice) => notice.alerts.filter((a) => a.status === status));
    const isTold = (name: string, status = 'firing') => told(status).some((alert) => shortName(alert) === name);
    await waitUntil('the notice of Dinas Pendidikan', () => isTold('CadanganTerlambat dikbud'));
    await waitUntil('the notice of Dinas Kesehatan', () => isTold('CadanganTerlambat dinkes'));
    const groups = await chain.alertmanager.groups();
    const urgent = groups.filter(({ receiver }) => receiver.name === 'diskominfo-siaga').map(({ labels }) => labels);
    expect(urgent).toEqual(expect.arrayContaining([{ pd: 'dinkes' }, { pd: 'dikbud' }]));
    const ofDinkes = chain.notices().filter(({ groupLabels }) => groupLabels['pd'] === 'dinkes');
    expect(ofDinkes.at(-1)?.alerts.map(shortName)).toEqual(
      expect.arrayContaining(['CadanganTerlambat dinkes', 'RouterMati dinkes kantor']),
    );
    expect(
      told('firing')
        .map(shortName)
        .filter((name) => behind.includes(name)),
    ).toEqual([]);

    const mail = await waitUntil('a mail about Dinas Kesehatan', () =>
      chain.mails.find(({ text }) => text.includes('- Cadangan simpus terlambat (Dinas Kesehatan)\n')),
    );
    expect(mail.subject).toMatch(/^\[Pantau\] Segera: \d+ gangguan \(Dinas Kesehatan\)$/);
    expect(mail.text).toContain('Penanggung jawab : Diskominfo');
    await waitUntil('the switch to be heard twice', () => chain.beats().length > 1);

    chain.show(() => troubledPage(false));
    await waitUntil('the end to be told', () => isTold('CadanganTerlambat dinkes', 'resolved'), patienceMs);
    await waitUntil(
      'the end of the router to be told',
      () => isTold('RouterMati dinkes kantor', 'resolved'),
      patienceMs,
    );
    await waitUntil('nothing to fire but the switch', async () => (await firingNames(chain)).size === 1, patienceMs);
    const isOverByMail = () => chain.mails.some(({ subject }) => subject.startsWith('[Pantau] Pulih: '));
    await waitUntil('a mail that it is over', isOverByMail, patienceMs);
  }, 180_000);
});

const head = 'pantau_collector_info{version="1",pemda="Lebong"} 1\n';
const beganAtSeconds = Date.parse('2026-11-22T03:00:00Z') / 1000;
/** A fault that two regulations tell of. */
const incidents = (subject: string) =>
  [`${subject}-a`, `${subject}-b`].map((id) => {
    const labels = `{pd="dinkes",subject="${subject}",incident="${id}",kind="backup",cause="backup-empty",owner="Diskominfo",severity="critical",state="open"}`;
    return `pantau_incident_opened_timestamp_seconds${labels} ${beganAtSeconds + 300}\npantau_incident_began_timestamp_seconds${labels} ${beganAtSeconds}\n`;
  });

describe.skipIf(!needed.ok)(`Incidents of the collector, Prometheus and Alertmanager ${needed.reason}`, () => {
  it('go on while the collector is silent, which is told; what ended meanwhile is over when it is back', async () => {
    const chain = await startAlertChain('incidents');
    const page = [head, ...incidents('gaji'), ...incidents('simpus')].join('');
    chain.show(() => page);
    const toldOf = (status: string) => {
      const alerts = chain.notices().flatMap((notice) => notice.alerts.filter((alert) => alert.status === status));
      return alerts.map(({ labels }) => labels['subject'] ?? labels['alertname']);
    };
    await waitUntil(
      'both faults to be told',
      () => ['gaji', 'simpus'].every((id) => toldOf('firing').includes(id)),
      patienceMs,
    );

    // Before the first scrape the collector was not heard either.
    const isMissed = async () => (await firingNames(chain)).has('KolektorMati');
    await waitUntil('the collector to be heard', async () => !(await isMissed()), patienceMs);
    const toldCount = (status: string) => toldOf(status).filter((name) => name === 'KolektorMati').length;
    await waitUntil(
      'what was told of that to be over',
      () => toldCount('firing') === toldCount('resolved'),
      patienceMs,
    );
    const earlierCount = toldCount('firing');
    chain.show(undefined);
    await waitUntil('the collector to be missed', isMissed, patienceMs);
    await waitUntil('its silence to be told', () => toldCount('firing') > earlierCount, patienceMs);
    const firing = (await chain.prometheus.alerts()).filter(({ state }) => state === 'firing');
    const names = firing.map(({ labels }) => labels['subject'] ?? labels['alertname'] ?? '');
    expect(names.toSorted()).toEqual(['KolektorMati', 'Watchdog', 'gaji', 'simpus']);
    expect(toldOf('resolved').filter((name) => name !== 'KolektorMati')).toEqual([]);

    chain.show(() => [head, ...incidents('simpus')].join(''));
    await waitUntil('the end of the silence', () => toldCount('resolved') > earlierCount, patienceMs);
    await waitUntil('the end of the first fault', () => toldOf('resolved').includes('gaji'), patienceMs);
    expect(toldOf('resolved')).not.toContain('simpus');
    const isSilenceMailed = () =>
      chain.mails.some(({ subject }) => subject === '[Pantau] Segera: Kolektor Pantau tidak menjawab');
    await waitUntil('a mail about the silence', isSilenceMailed, patienceMs);
    const fault =
      /^- Pencadangan gaji bermasalah \(dinkes\)\n {2}Sejak {12}: 22-11-2026 \d\d:00 \S+\n {2}Penyebab {9}: Cadangan kosong\n/m;
    expect(chain.mails.some(({ text }) => fault.test(text))).toBe(true);
    const isMailed = (wanted: string) => chain.mails.some(({ subject }) => subject.startsWith(`[Pantau] ${wanted}`));
    const isHalfMailed = () => isMailed('Segera: 1 gangguan, 1 pulih (dinkes)');
    await waitUntil('a mail that one of two faults is over', isHalfMailed, patienceMs);
    chain.show(() => head);
    // Prometheus goes on telling of an end for a while; where that meets the other end, one mail tells of both.
    const ends = /^\[Pantau\] Pulih: (Pencadangan simpus bermasalah|2 pulih) \(dinkes\)$/;
    const isEndMailed = () =>
      chain.mails.some(
        ({ subject, text }) => ends.test(subject) && text.includes('- Pencadangan simpus bermasalah (dinkes)\n'),
      );
    await waitUntil('a mail that the other is over', isEndMailed, patienceMs);
  }, 180_000);
});
