import { expect, it, onTestFinished } from 'vitest';
import { startCollector } from '../../collector/collector.ts';
import { databaseIn, loadCollectorKeys } from '../../collector/data-folder.ts';
import { exportedFrom, linesOf, textOf, verify } from '../../collector/ledger/verify/verify.test-kit.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { compressWithDictionary } from '../../shared/report-dictionary.ts';
import { silentLogger } from '../../shared/logger.ts';
import { dictionaryEncoding, reportsPath } from '../../shared/wire.ts';
import { systemRandom } from '../../shared/clock.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { testConfig } from '../kit/judging-bench.ts';
import { enrolAll } from '../kit/store-file.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { backup, probe, testAgent } from '../kit/test-agent.ts';
import { waitUntil } from '../kit/wait-until.ts';

const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };

it('holds what agents signed and what was judged from it, from the wire to another machine', async () => {
  const [agent, dataFolder, clock] = [testAgent(), temporaryFolder(), fakeClock()];
  const before = openSqliteStore(databaseIn(dataFolder));
  await enrolAll(before, [agent], clock.nowMs());
  await before.close();
  const collector = await startCollector({
    config: testConfig({ intervalSeconds: 60, datasets: [simpus] }),
    dataFolder,
    clock,
    random: systemRandom,
    logger: silentLogger,
  });
  const stop = once(() => collector.stop());
  onTestFinished(stop);
  const { ledger } = collector.view().store;
  for (let minute = 0; minute < 4; minute += 1) {
    const evidence = { probes: [probe('up')], backups: [backup(clock.nowMs() - 3_600_000)] };
    const envelope = agent.envelope([agent.report(clock.nowMs(), evidence)], clock.nowMs());
    const body = compressWithDictionary(Buffer.from(JSON.stringify(envelope)));
    const headers = { ...agent.sign(body), 'content-encoding': dictionaryEncoding };
    const answer = await fetch(collector.url + reportsPath, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    clock.advanceMs(60_000);
  }
  const kept = async () => (await ledger.page({ kind: 'evidence' }, { offset: 0, limit: 10 })).totalCount;
  await waitUntil('evidence in the ledger', async () => (await kept()) > 0);
  await stop();

  const keys = loadCollectorKeys(dataFolder);
  const text = exportedFrom(databaseIn(dataFolder), keys);
  const lines = linesOf(text);
  const entries = lines.filter(({ type }) => type === 'entry');
  const found = await verify(text, keys);
  expect(found).toMatchObject({ firstSeq: 1, entryCount: entries.length, lastSeq: entries.length });
  expect(found).toMatchObject({ lastCheckpoint: { seq: entries.length }, proofs: { token: 0, address: 0 } });
  // Every verdict of the department that rests on a report names the record that holds it.
  const cited = entries.flatMap(({ data }) => (data as { evidence?: { record?: number }[] }).evidence ?? []);
  expect(cited.length).toBeGreaterThan(0);
  expect(cited.filter(({ record }) => record === undefined)).toEqual([]);

  const place = lines.findIndex(({ type }) => type === 'body');
  const body = Buffer.from(lines[place]?.['body'] as string, 'base64');
  body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
  const forged = lines.with(place, { ...lines[place], type: 'body', body: body.toString('base64') });
  expect(await verify(textOf(forged), keys)).toMatchObject({ code: 'altered', line: place + 1 });
});

function once(end: () => Promise<void>): () => Promise<void> {
  let ended: Promise<void> | undefined;
  return () => (ended ??= end());
}
