import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFleet } from '../../collector/facts/fleet.ts';
import { createIntake } from '../../collector/intake/intake.ts';
import { systemClock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import { EnvelopeSchema } from '../../shared/report-schema.ts';
import { enrolAll, storeFile } from '../kit/store-file.ts';
import { testAgent, type TestAgent } from '../kit/test-agent.ts';
import { fullEnvelope, partsOf, type Path, withPart } from './full-envelope.ts';
import { type RealCollector, startRealCollector } from './real-collector.ts';

const schema = Compile(EnvelopeSchema);
const words = ['__proto__', 'constructor', 'prototype', 'toString', 'seq', 'reports', 'agent', ''];

const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1, 0.5, 2 ** 48, 2 ** 53, 2 ** 60, 1e308, -1e308, 5e-324),
  fc.constantFrom(
    '',
    'x',
    'up',
    'ok',
    'wan',
    '2026-11-22T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '0000-01-01T00:00:00Z',
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.nat({ max: 500 }).map((length) => 'x'.repeat(length)),
);
const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value')), tie('object')),
    object: fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), tie('value')),
  })).value,
);

type Change = (whole: unknown, paths: readonly Path[]) => unknown;
const place = fc.nat({ max: 10_000 });

function at(paths: readonly Path[], index: number): Path {
  return paths[index % paths.length] ?? [];
}

/** Small and large changes to an envelope that is good. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, scalar).map(
    ([index, value]): Change =>
      (whole, paths) =>
        withPart(whole, at(paths, index), value),
  ),
  fc.tuple(place, anyJson).map(
    ([index, value]): Change =>
      (whole, paths) =>
        withPart(whole, at(paths, index), value),
  ),
  place.map(
    (index): Change =>
      (whole, paths) =>
        withPart(whole, at(paths, index), undefined),
  ),
  fc
    .tuple(place, fc.oneof(fc.constantFrom(...words), fc.string()), scalar)
    .map(([index, name, value]): Change => (whole, paths) => {
      const path = at(paths, index).slice(0, -1);
      return withPart(whole, [...path, name], value);
    }),
  fc.tuple(place, place).map(([from, to]): Change => (whole, paths) => {
    const part = [...partsOf(whole)][from % Math.max(1, paths.length)]?.value;
    return withPart(whole, at(paths, to), part);
  }),
);

const mutated = fc.oneof(
  anyJson.map((value) => (): unknown => value),
  fc.array(change, { minLength: 0, maxLength: 4 }).map((changes) => (good: unknown): unknown => {
    let whole = good;
    for (const each of changes)
      whole = each(whole, typeof whole === 'object' ? [...partsOf(whole)].map(({ path }) => path) : []);
    return whole;
  }),
);

/** Damage to the bytes themselves. */
const damage = fc.option(fc.record({ offset: fc.nat({ max: 5000 }), byte: fc.nat({ max: 255 }), cut: fc.boolean() }), {
  freq: 4,
  nil: undefined,
});

function bytesOf(value: unknown, hurt: { offset: number; byte: number; cut: boolean } | undefined): Buffer {
  const bytes = Buffer.from(JSON.stringify(value) ?? '');
  if (hurt === undefined || bytes.length === 0) return bytes;
  const offset = hurt.offset % bytes.length;
  if (hurt.cut) return bytes.subarray(0, offset);
  bytes[offset] = hurt.byte;
  return bytes;
}

/** What the schema says of the bytes, told apart from how intake reads them. */
function isValid(bytes: Buffer, agent: TestAgent): boolean {
  try {
    const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return schema.Check(data) && data.agent === agent.id;
  } catch {
    return false;
  }
}

const timeCodes = ['time-in-future', 'time-too-old'];

describe('whatever an enrolled agent sends', () => {
  it('is taken only when it is valid, refused with a reason otherwise, and changes nothing then', async () => {
    const file = storeFile();
    const agent = testAgent({ bootedAtMs: Date.now() - 3_600_000 });
    await enrolAll(file.store, [agent], Date.now());
    const fleet = createFleet();
    fleet.addAgent(agent.row);
    let commitCount = 0;
    const store = {
      ...file.store,
      commitReports: (...given: Parameters<typeof file.store.commitReports>) => {
        commitCount += 1;
        return file.store.commitReports(...given);
      },
    };
    const intake = createIntake({
      fleet,
      store,
      clock: systemClock,
      logger: silentLogger,
      configVersionOf: () => 'v',
      onTouched: () => {},
      count: () => {},
    });
    let takenCount = 0;
    let refusedCount = 0;

    await fc.assert(
      fc.asyncProperty(mutated, damage, async (change, hurt) => {
        const body = bytesOf(change(fullEnvelope(agent, Date.now())), hurt);
        const before = { commitCount, facts: fleet.agent(agent.id) };
        const signature = agent.sign(body)['x-pantau-signature'];
        const outcome = await intake.accept({ agent: agent.id, signature, encoding: 'identity', body }).then(
          (ack) => ack,
          (error: unknown) => error,
        );

        if (!(outcome instanceof Error)) {
          takenCount += 1;
          expect(isValid(body, agent)).toBe(true);
          return;
        }
        refusedCount += 1;
        expect(outcome).toBeInstanceOf(AppError);
        const { status, code, message } = outcome as AppError;
        expect([400, 413, 422]).toContain(status);
        expect(message.length).toBeLessThan(1000);
        if (!timeCodes.includes(code)) expect(isValid(body, agent)).toBe(false);
        expect({ commitCount, facts: fleet.agent(agent.id) }).toEqual(before);
      }),
      { numRuns: 2000 },
    );
    await intake.close();

    // Neither half of the property was empty.
    expect([takenCount > 50, refusedCount > 500]).toEqual([true, true]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 120_000);
});

describe('whatever is sent to a real collector', () => {
  let collector: RealCollector;
  beforeAll(async () => {
    collector = await startRealCollector(4);
  });
  afterAll(() => collector.stop());

  it('never makes it fail: 2xx only for what is valid, 4xx with a problem for the rest', async () => {
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(mutated, damage, async (change, hurt) => {
        turn += 1;
        const agent = collector.agents[turn % collector.agents.length] ?? testAgent();
        const body = bytesOf(change(fullEnvelope(agent, Date.now(), { seq: turn })), hurt);
        const before = await collector.state();
        const answer = await collector.send({ headers: agent.sign(body), body });

        if (answer?.status === 200) {
          expect(isValid(body, agent)).toBe(true);
          return;
        }
        const problem = JSON.parse(answer?.text ?? '') as { type: string; status: number };
        expect([400, 413, 422]).toContain(answer?.status);
        expect(answer?.headers['content-type']).toBe('application/problem+json');
        if (!timeCodes.some((code) => problem.type.endsWith(code))) expect(isValid(body, agent)).toBe(false);
        expect(await collector.state()).toEqual(before);
      }),
      { numRuns: 200 },
    );

    const [agent = testAgent()] = collector.agents;
    const body = Buffer.from(JSON.stringify(agent.envelope([agent.report(Date.now(), { seq: 100_000 })], Date.now())));
    expect((await collector.send({ headers: agent.sign(body), body }))?.status).toBe(200);
    for (const page of ['/', '/metrics', '/readyz']) {
      expect((await fetch(collector.process.url + page)).status).toBe(200);
    }
    expect(collector.process.stderrLines.filter((line) => line.includes('could not'))).toEqual([]);
  }, 120_000);
});
