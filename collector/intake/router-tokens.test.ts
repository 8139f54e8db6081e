import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import { formatRouterToken, routerIdOf } from '../../shared/router-token.ts';
import { createKeyPair, exportPublicKey } from '../../shared/signing.ts';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { storeFile } from '../../test/kit/store-file.ts';
import { backup, probe, testAgent } from '../../test/kit/test-agent.ts';
import { restoreFleet } from '../restore-fleet.ts';
import type { AgentRow } from '../store/rows.ts';
import { hashSecret, newSecret } from './enrolment.ts';
import { createIntake } from './intake.ts';
import { createRouterTokens } from './router-tokens.ts';

const dayMs = 86_400_000;

async function door() {
  const file = storeFile();
  const clock = fakeClock();
  const fleet = await restoreFleet(file.store);
  const enrolled: AgentRow[] = [];
  const onEnrolled = (agent: AgentRow) => {
    enrolled.push(agent);
    fleet.addAgent(agent);
  };
  const routers = createRouterTokens({ fleet, store: file.store, clock, onEnrolled });
  const intake = createIntake({
    fleet,
    store: file.store,
    clock,
    logger: silentLogger,
    configVersionOf: () => 'version-7',
    onTouched: () => {},
    count: () => {},
  });
  async function newToken(node = 'gerbang', site = 'kantor', pd = 'dinkes'): Promise<string> {
    const token = formatRouterToken(routerIdOf(pd, node), newSecret());
    const times = { createdAtMs: clock.nowMs(), expiresAtMs: clock.nowMs() + 7 * dayMs };
    await file.store.addToken({ secretHash: hashSecret(token), pd, site, roles: [], routerNode: node, ...times });
    return token;
  }
  const show = (token: string) => routers.recognise(`Bearer ${token}`);
  return { ...file, clock, fleet, enrolled, routers, intake, newToken, show };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it was accepted'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  return [error.status, error.code, error.field].filter(Boolean).join(' ');
}

describe('the token of a router', () => {
  it('makes an agent without a key and without a role at its first use, and is its own from then on', async () => {
    const { newToken, show, enrolled, clock } = await door();
    const token = await newToken();
    const first = await show(token);
    clock.advanceMs(30 * dayMs);

    expect(await show(token)).toEqual(first);
    expect(first).toEqual({ agent: routerIdOf('dinkes', 'gerbang'), token, tokenHash: hashSecret(token) });
    expect(enrolled).toEqual([
      {
        key: 1,
        id: first.agent,
        pd: 'dinkes',
        site: 'kantor',
        node: 'gerbang',
        roles: [],
        publicKey: undefined,
        tokenHash: hashSecret(token),
        enrolledAtMs: clock.nowMs() - 30 * dayMs,
        revokedAtMs: undefined,
      },
    ]);
  });

  it('is replaced by a newer one of the same router, which stays the same agent, wherever it now stands', async () => {
    const { newToken, show, enrolled } = await door();
    const old = await newToken();
    await show(old);
    const next = await newToken('gerbang', 'gudang');
    expect((await show(old)).agent).toBe(routerIdOf('dinkes', 'gerbang'));
    await show(next);

    expect(await refusal(show(old))).toBe('401 used-token authorization');
    expect(enrolled.map(({ key, site, tokenHash }) => ({ key, site, tokenHash }))).toEqual([
      { key: 1, site: 'kantor', tokenHash: hashSecret(old) },
      { key: 1, site: 'gudang', tokenHash: hashSecret(next) },
    ]);
  });

  it('is refused when it is unknown, too old, of another kind or no token', async () => {
    const { newToken, show, routers, clock, store } = await door();
    const late = await newToken();
    const machine = newSecret();
    const expiresAtMs = clock.nowMs() + 30 * dayMs;
    const row = { secretHash: hashSecret(machine), pd: 'dinkes', site: 'kantor', roles: [] };
    await store.addToken({ ...row, createdAtMs: clock.nowMs(), expiresAtMs });
    clock.advanceMs(7 * dayMs);

    expect(await refusal(show(late))).toBe('401 expired-token authorization');
    expect(await refusal(show(formatRouterToken(routerIdOf('dinkes', 'gerbang'), newSecret())))).toBe(
      '401 unknown-token authorization',
    );
    for (const shown of [undefined, '', 'Bearer ', `Bearer ${machine}`, `Basic ${late}`, `Bearer ${late}\n`]) {
      expect(await refusal(routers.recognise(shown))).toBe('401 no-token authorization');
    }
  });

  it('enrols no machine with a key', async () => {
    const { newToken, store, clock } = await door();
    const token = await newToken();
    const publicKey = exportPublicKey(createKeyPair().publicKey);
    const outcome = await store.enrol(hashSecret(token), { id: 'a'.repeat(16), node: 'x', publicKey }, clock.nowMs());

    expect(outcome).toEqual({ outcome: 'unknown-token' });
  });

  it('is known again after a restart', async () => {
    const { newToken, show, reopen } = await door();
    const { agent, tokenHash } = await show(await newToken());
    const fleet = await restoreFleet(await reopen());

    expect(fleet.agent(agent)).toMatchObject({ publicKey: undefined, row: { tokenHash } });
  });

  it('is worth nothing once its node is revoked, also when it was not used yet', async () => {
    const { newToken, show, intake, store, fleet, clock } = await door();
    const [used, unused] = [await newToken(), await newToken('lain')];
    const { agent } = await show(used);
    expect(await store.revoke({ pd: 'dinkes', node: 'lain' }, clock.nowMs())).toBeUndefined();
    fleet.addAgent((await store.revoke({ pd: 'dinkes', node: 'gerbang' }, clock.nowMs())) as AgentRow);

    expect(await refusal(show(unused))).toBe('401 unknown-token authorization');
    expect((await show(used)).agent).toBe(agent);
    expect(() => intake.admit(agent)).toThrow('revoked');
    // A new token is a new decision.
    await show(await newToken());
    expect(() => intake.admit(agent)).not.toThrow();
  });

  it('cannot be found by trying: after 300 unknown ones at once the next must wait, known ones not', async () => {
    const { newToken, show } = await door();
    const known = await newToken();
    const first = await show(known);
    const guess = () => refusal(show(formatRouterToken(routerIdOf('dinkes', 'gerbang'), newSecret())));
    const answers = await Promise.all(Array.from({ length: 300 }, guess));

    // The first use of the known one was the first of them.
    expect(answers.filter((answer) => answer === '401 unknown-token authorization')).toHaveLength(299);
    expect(answers.at(-1)).toBe('429 too-many-requests');
    expect(await show(known)).toEqual(first);
  });
});

describe('a report under a token', () => {
  async function sender() {
    const all = await door();
    const { agent, tokenHash } = await all.show(await all.newToken());
    const maker = testAgent();
    const send = (reports: readonly Report[], shown: { signature?: string; tokenHash?: string } = { tokenHash }) => {
      const text = JSON.stringify({ ...maker.envelope(reports, all.clock.nowMs()), agent });
      const body = Buffer.from(text);
      return all.intake.accept({ agent, signature: undefined, encoding: 'identity', body, ...shown });
    };
    return { ...all, maker, send, agent };
  }

  it('is kept and answered as any other, once', async () => {
    const { send, maker, clock, fleet, agent } = await sender();
    const report = maker.report(clock.nowMs(), { probes: [probe('up')] });

    expect(await send([report])).toEqual({ acked: 1, acceptedCount: 1, duplicateCount: 0, config: 'version-7' });
    expect(await send([report])).toMatchObject({ acceptedCount: 0, duplicateCount: 1 });
    expect(fleet.agent(agent)?.present?.report).toEqual(report);
  });

  it.each([
    ['another place by a probe', { probes: [probe('up', { site: 'lain' })] }, '/reports/0/probes/0'],
    ['another department by a probe', { probes: [probe('up'), probe('up', { pd: 'rsud' })] }, '/reports/0/probes/1'],
    ['a server by a probe', { probes: [probe('up', { node: 'server-1' })] }, '/reports/0/probes/0'],
    ['a backup', { backups: [backup(Date.parse('2026-11-21T00:00:00Z'))] }, '/reports/0/backups'],
    [
      'another router',
      {
        routers: [
          {
            address: '10.0.0.1',
            reader: 'shell',
            state: 'up' as const,
            takenAt: '2026-11-21T00:00:00Z',
            durationSeconds: 0,
            site: 'lain',
          },
        ],
      },
      '/reports/0/routers/0',
    ],
  ])('may not speak of %s', async (_what, part, field) => {
    const { send, maker, clock } = await sender();

    expect(await refusal(send([maker.report(clock.nowMs(), part)]))).toBe(`422 not-for-a-router ${field}`);
  });

  it('is refused without the token, with another one, and with a signature', async () => {
    const { send, maker, clock } = await sender();
    const reports = [maker.report(clock.nowMs())];

    for (const shown of [{}, { tokenHash: hashSecret('x') }, { tokenHash: '' }, { signature: 'x'.repeat(86) }]) {
      expect(await refusal(send(reports, shown))).toBe('401 bad-signature x-pantau-signature');
    }
  });

  it('cannot be sent for an agent that signs', async () => {
    const { send, fleet, intake, clock, maker } = await sender();
    const signer = testAgent({ key: 7 });
    fleet.addAgent(signer.row);
    const body = Buffer.from(JSON.stringify(signer.envelope([maker.report(clock.nowMs())], clock.nowMs())));
    const request = { agent: signer.id, signature: undefined, encoding: 'identity', body };

    expect(await refusal(intake.accept({ ...request, tokenHash: hashSecret('x') }))).toBe(
      '401 bad-signature x-pantau-signature',
    );
    expect(await send([maker.report(clock.nowMs())])).toMatchObject({ acceptedCount: 1 });
  });
});
