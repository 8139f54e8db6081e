import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type HttpReceiver,
  type MailReceiver,
  startHttpReceiver,
  startMailReceiver,
} from '../../collector/notify/notify-test-kit.ts';
import { root } from '../architecture/source-files.ts';
import { type Alertmanager, startAlertmanager } from '../kit/alertmanager.ts';
import { type Prometheus, startPrometheus } from '../kit/prometheus.ts';
import type { Labels } from '../kit/prometheus-api.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { rulesFolder, yamlFiles } from './rule-files.ts';

/** From a page to those who are told: the shipped files, in which only addresses and durations are others. */
export interface AlertChain {
  /** What stands on the collector's page from now on; undefined when it does not answer. */
  show(page: (() => string) | undefined): void;
  prometheus: Prometheus;
  alertmanager: Alertmanager;
  /** What the gateway for messages got, in order. */
  notices(): WebhookNotice[];
  /** What the dead man's switch got. */
  beats(): WebhookNotice[];
  mails: MailReceiver['mails'];
}

export interface WebhookNotice {
  status: 'firing' | 'resolved';
  groupLabels: Labels;
  alerts: { status: 'firing' | 'resolved'; labels: Labels; annotations: Labels }[];
}

const shipped = (path: string) => readFileSync(join(root, 'dashboards', path), 'utf8');

/** @param rules which of the two files of alerts about departments is loaded */
export async function startAlertChain(rules: 'incidents' | 'conditions'): Promise<AlertChain> {
  const folder = temporaryFolder();
  const [page, gateway, beat] = await Promise.all([startHttpReceiver(), startHttpReceiver(), startHttpReceiver()]);
  const mail = await startMailReceiver();
  onTestFinished(async () => {
    await Promise.all([page.close(), gateway.close(), beat.close(), mail.close()]);
  });
  writeFileSync(join(folder, 'pantau.tmpl'), shipped('alertmanager/pantau.tmpl'));
  const alertmanager = await startAlertmanager({ folder, config: routesTo(gateway, beat, mail) });
  writeShortRules(folder);
  const config = shipped('prometheus/prometheus.yml')
    .replace('scrape_interval: 60s', 'scrape_interval: 1s')
    .replace('scrape_timeout: 20s', 'scrape_timeout: 1s')
    .replace('evaluation_interval: 30s', 'evaluation_interval: 1s')
    .replace('rules/incidents.yml', `rules/${rules}.yml`)
    .replaceAll('127.0.0.1:8420', hostOf(page.url))
    .replaceAll('127.0.0.1:9093', hostOf(alertmanager.url));
  // What was told before the two knew of each other is told again soon.
  const flags = ['--rules.alert.resend-delay=1s'];
  const prometheus = await startPrometheus({ folder, config, flags });
  const noticesOf = ({ requests }: HttpReceiver) => requests.map(({ body }) => JSON.parse(body) as WebhookNotice);
  return {
    show: (text) => void (page.otherwise = answerOf(text)),
    prometheus,
    alertmanager,
    notices: () => noticesOf(gateway),
    beats: () => noticesOf(beat),
    mails: mail.mails,
  };
}

function answerOf(text: (() => string) | undefined): HttpReceiver['otherwise'] {
  if (text === undefined) return { status: 503 };
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; version=0.0.4' },
    get body() {
      return text();
    },
  };
}

function routesTo(gateway: HttpReceiver, beat: HttpReceiver, mail: MailReceiver): string {
  return shipped('alertmanager/alertmanager.yml')
    .replace('smarthost: mail.example.go.id:587', `smarthost: ${mail.host}:${mail.port}\n  smtp_require_tls: false`)
    .replace(/https:\/\/gerbang-pesan\S+/, gateway.url)
    .replace(/https:\/\/denyut\S+/, beat.url)
    .replace('group_wait: 2m', 'group_wait: 3s')
    .replaceAll('group_wait: 10s', 'group_wait: 1s')
    .replaceAll(/group_interval: \d+m/g, 'group_interval: 1s')
    .replace('repeat_interval: 5m', 'repeat_interval: 2s');
}

/** The rules as they are, but that they wait a second where they wait minutes. */
function writeShortRules(folder: string): void {
  mkdirSync(join(folder, 'rules'), { recursive: true });
  for (const path of yamlFiles(rulesFolder)) {
    const text = readFileSync(path, 'utf8')
      .replaceAll(/\bfor: \d+[mh]/g, 'for: 1s')
      .replaceAll('offset 3m', 'offset 3s');
    writeFileSync(join(folder, 'rules', basename(path)), text);
  }
}

const hostOf = (url: string): string => new URL(url).host;
