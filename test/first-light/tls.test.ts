import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { formatToken, parseToken } from '../../shared/enrolment-token.ts';
import { configText } from '../kit/config-text.ts';
import { agentMain, collectorMain, runProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

it('enrols over TLS with the collector’s own certificate, and tells a stranger with another certificate nothing', async () => {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'collector');
  const collector = await startCollectorProcess({ dataFolder, configText: configText({ tls: true }) });
  onTestFinished(async () => void (await collector.stop()));
  expect(collector.url).toMatch(/^https:/);
  const args = ['token', 'create', '--pd', 'dinkes', '--url', collector.url, '--data', dataFolder];
  const token = parseToken((await runProgram(collectorMain, args)).stdout);
  const enrol = (fingerprint: string) =>
    runProgram(agentMain, ['enroll', formatToken({ ...token, fingerprint }), '--data', join(folder, 'agent')]);

  const mistaken = await enrol('0'.repeat(64));
  expect(mistaken.code).toBe(1);
  expect(mistaken.stderr).toMatch(/certificate/);
  // The one-time secret was not spent, because it was never sent.
  const enrolled = await enrol(token.fingerprint ?? '');
  expect(enrolled).toMatchObject({ code: 0, stderr: '' });

  const once = await runProgram(agentMain, ['once', '--data', join(folder, 'agent')]);
  expect(once.code).toBe(0);
  expect(once.stdout).toMatch(/^Acknowledged by https:/m);
}, 60_000);
