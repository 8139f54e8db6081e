import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import { compressWithDictionary } from '../../shared/report-dictionary.ts';
import type { Report } from '../../shared/report-schema.ts';
import { dictionaryEncoding } from '../../shared/wire.ts';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { enrolAll, storeFile } from '../../test/kit/store-file.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { restoreFleet } from '../restore-fleet.ts';
import type { ReportBatch } from '../store/rows.ts';
import { createIntake } from './intake.ts';

const minuteMs = 60_000;

async function door() {
  const file = storeFile();
  const clock = fakeClock();
  const agent = testAgent();
  await enrolAll(file.store, [agent], clock.nowMs());
  const fleet = await restoreFleet(file.store);
  const counted: string[] = [];
  const batches: ReportBatch[] = [];
  let isFull = false;
  const intake = createIntake({
    fleet,
    store: {
      ...file.store,
      commitReports(given, factsOf) {
        if (isFull) return Promise.reject(new Error('disk is full'));
        batches.push(...given);
        return file.store.commitReports(given, factsOf);
      },
    },
    clock,
    logger: silentLogger,
    configVersionOf: () => 'version-7',
    onTouched: () => {},
    count: (outcome, count) => void counted.push(`${outcome} ${count}`),
  });
  onTestFinished(() => intake.close());
  const send = (reports: readonly Report[], encoding = 'identity') => {
    const text = Buffer.from(JSON.stringify(agent.envelope(reports, clock.nowMs())));
    const body = encoding === 'identity' ? text : compressWithDictionary(text);
    return intake.accept({ agent: agent.id, signature: agent.sign(body)['x-pantau-signature'], encoding, body });
  };
  const fill = (full: boolean) => void (isFull = full);
  return { clock, agent, fleet, intake, counted, batches, send, fill };
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? `${error.status} ${error.code}` : String(error);
  }
  return 'passed';
};

describe('intake', () => {
  it('answers with the highest number, what was new, and the version of the configuration', async () => {
    const { agent, send, clock, counted } = await door();
    const reports = [3, 9, 5].map((seq) => agent.report(clock.nowMs() - (10 - seq) * 1000, { seq }));

    expect(await send(reports)).toEqual({ acked: 9, acceptedCount: 3, duplicateCount: 0, config: 'version-7' });
    expect(await send([...reports, agent.report(clock.nowMs(), { seq: 10 })], dictionaryEncoding)).toEqual({
      acked: 10,
      acceptedCount: 1,
      duplicateCount: 3,
      config: 'version-7',
    });
    expect(counted).toEqual(['accepted 3', 'accepted 1', 'duplicate 3']);
  });

  it('calls a report late when it is older than 2.5 intervals, or than what is known already', async () => {
    const { agent, send, clock, batches } = await door();
    const nowMs = clock.nowMs();
    const ages = [151_000, 150_000, 60_000, 0];
    await send(ages.map((ageMs, index) => agent.report(nowMs - ageMs, { seq: 10 - index })));
    await send([agent.report(nowMs - 1000, { seq: 20 }), agent.report(nowMs + 1000, { seq: 21 })]);

    expect(batches.map((batch) => batch.reports.map((report) => report.late))).toEqual([
      [true, false, false, false],
      [true, false],
    ]);
  });

  it('lets nobody in whom it does not know, or who was revoked', async () => {
    const { intake, agent, fleet } = await door();

    expect(codeOf(() => intake.admit(agent.id))).toBe('passed');
    expect(codeOf(() => intake.admit('a'.repeat(16)))).toBe('401 unknown-agent');
    fleet.addAgent({ ...agent.row, revokedAtMs: 1 });
    expect(codeOf(() => intake.admit(agent.id))).toBe('403 revoked-agent');
  });

  it('lets an agent send 150 requests at once and five a second from then on', async () => {
    const { intake, agent, clock } = await door();
    const admitted = (count: number) =>
      Array.from({ length: count }, () => codeOf(() => intake.admit(agent.id))).filter((code) => code === 'passed')
        .length;

    expect(admitted(200)).toBe(150);
    clock.advanceMs(1000);
    expect(admitted(20)).toBe(5);
    clock.advanceMs(minuteMs);
    expect(admitted(200)).toBe(150);
  });

  it('says "later" while the store cannot be written, keeps nothing, and takes it afterwards', async () => {
    const { agent, send, clock, fleet, fill, counted } = await door();
    const report = agent.report(clock.nowMs());
    fill(true);

    await expect(send([report])).rejects.toMatchObject({
      code: 'store-unavailable',
      status: 503,
      retryable: true,
      retryAfterSeconds: 30,
    });
    expect([fleet.agent(agent.id)?.present, counted]).toEqual([undefined, []]);
    fill(false);
    expect(await send([report])).toMatchObject({ acceptedCount: 1 });
  });

  it('says "later" when it is closing', async () => {
    const { agent, send, clock, intake } = await door();
    await intake.close();

    await expect(send([agent.report(clock.nowMs())])).rejects.toMatchObject({ status: 503, code: 'store-unavailable' });
  });
});
