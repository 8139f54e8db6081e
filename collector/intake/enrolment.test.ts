import { describe, expect, it } from 'vitest';
import type { EnrolRequest } from '../../shared/enrolment.ts';
import { AppError } from '../../shared/errors.ts';
import {
  agentIdOf,
  createKeyPair,
  exportPublicKey,
  type KeyPair,
  type SigningPurpose,
  signBytes,
} from '../../shared/signing.ts';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { storeFile } from '../../test/kit/store-file.ts';
import type { AgentRow } from '../store/rows.ts';
import { enrolAgent, type EnrolmentOptions, hashSecret, newSecret } from './enrolment.ts';

const dayMs = 86_400_000;

function desk() {
  const file = storeFile();
  const clock = fakeClock();
  const enrolled: AgentRow[] = [];
  const options: EnrolmentOptions = {
    store: file.store,
    clock,
    collectorPublicKey: 'c'.repeat(43),
    configFor: (agent) => ({ version: agent.node, document: '{}', signature: 's' }),
    onEnrolled: (agent) => void enrolled.push(agent),
  };
  return {
    clock,
    enrolled,
    async token(pd = 'dinkes', site = 'kantor'): Promise<string> {
      const secret = newSecret();
      const times = { createdAtMs: clock.nowMs(), expiresAtMs: clock.nowMs() + 7 * dayMs };
      await file.store.addToken({ secretHash: hashSecret(secret), pd, site, roles: ['vantage'], ...times });
      return secret;
    },
    enrol(
      keys: KeyPair,
      patch: Partial<EnrolRequest> & Record<string, unknown>,
      signed: { purpose?: SigningPurpose; keys?: KeyPair } = {},
    ) {
      const publicKey = exportPublicKey(keys.publicKey);
      const body = Buffer.from(
        JSON.stringify({ secret: newSecret(), publicKey, node: 'server', agentVersion: '0.1.0', ...patch }),
      );
      const signature = signBytes(signed.purpose ?? 'enrolment', body, (signed.keys ?? keys).privateKey);
      return enrolAgent(options, body, signature);
    },
    raw: (body: string, signature?: string) => enrolAgent(options, Buffer.from(body), signature),
  };
}

async function refusal(answer: Promise<unknown>): Promise<Pick<AppError, 'code' | 'status' | 'field'>> {
  const error = await answer.then(
    () => new Error('it was accepted'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  return { code: error.code, status: error.status, field: error.field };
}

describe('enrolment', () => {
  it('makes an agent of a key and a token', async () => {
    const { enrol, token, enrolled, clock } = desk();
    const keys = createKeyPair();
    const publicKey = exportPublicKey(keys.publicKey);
    const answer = await enrol(keys, { secret: await token(), node: 'simpus-1' });

    expect(answer).toEqual({
      agent: agentIdOf(publicKey),
      collectorPublicKey: 'c'.repeat(43),
      configuration: { version: 'simpus-1', document: '{}', signature: 's' },
    });
    expect(enrolled).toEqual([
      {
        key: 1,
        id: agentIdOf(publicKey),
        pd: 'dinkes',
        site: 'kantor',
        node: 'simpus-1',
        roles: ['vantage'],
        publicKey,
        enrolledAtMs: clock.nowMs(),
        revokedAtMs: undefined,
      },
    ]);
  });

  it('gives the same key with the same token the same answer again, even after the token expired', async () => {
    const { enrol, token, clock } = desk();
    const keys = createKeyPair();
    const secret = await token();
    const first = await enrol(keys, { secret });
    clock.advanceMs(30 * dayMs);

    expect(await enrol(keys, { secret })).toEqual(first);
  });

  it('gives a second machine with the same name another name, in its own department only', async () => {
    const { enrol, token, enrolled } = desk();
    for (const pd of ['dinkes', 'dinkes', 'dinkes', 'dinsos']) {
      await enrol(createKeyPair(), { secret: await token(pd), node: 'server' });
    }
    const longest = 'a'.repeat(63);
    for (const pd of ['dinkes', 'dinkes']) {
      await enrol(createKeyPair(), { secret: await token(pd), node: longest });
    }

    expect(enrolled.map((agent) => `${agent.pd}/${agent.node}`)).toEqual([
      'dinkes/server',
      'dinkes/server-2',
      'dinkes/server-3',
      'dinsos/server',
      `dinkes/${longest}`,
      `dinkes/${'a'.repeat(58)}-2`,
    ]);
  });

  it('refuses a token that is not known', async () => {
    const { enrol } = desk();

    expect(await refusal(enrol(createKeyPair(), {}))).toEqual({ code: 'unknown-token', status: 403, field: '/secret' });
  });

  it('refuses a token from the moment on at which it expires', async () => {
    const { enrol, token, clock } = desk();
    const [first, second] = [await token(), await token()];
    clock.advanceMs(7 * dayMs - 1);
    await enrol(createKeyPair(), { secret: first });
    clock.advanceMs(1);

    expect(await refusal(enrol(createKeyPair(), { secret: second }))).toEqual({
      code: 'expired-token',
      status: 403,
      field: '/secret',
    });
  });

  it('refuses a token that another key has used', async () => {
    const { enrol, token, enrolled } = desk();
    const secret = await token();
    await enrol(createKeyPair(), { secret });

    expect(await refusal(enrol(createKeyPair(), { secret }))).toEqual({
      code: 'used-token',
      status: 403,
      field: '/secret',
    });
    expect(enrolled).toHaveLength(1);
  });

  it.each([
    ['another key', (_keys: KeyPair) => ({ keys: createKeyPair() })],
    ['its own key, but as a report', () => ({ purpose: 'report' as const })],
  ])('refuses a request that is signed with %s, and leaves the token unspent', async (_name, signed) => {
    const { enrol, token } = desk();
    const keys = createKeyPair();
    const secret = await token();

    expect(await refusal(enrol(keys, { secret }, signed(keys)))).toMatchObject({ code: 'bad-signature', status: 401 });
    expect((await enrol(keys, { secret })).agent).toBe(agentIdOf(exportPublicKey(keys.publicKey)));
  });

  it.each([
    ['no JSON', '{"secret":', 'not-json', 400, undefined],
    ['no UTF-8', '\uFFFF', 'not-json', 400, undefined],
    ['no object', '[]', 'invalid-enrolment', 422, '/'],
    ['a missing field', '{}', 'invalid-enrolment', 422, '/'],
  ])('refuses %s with its own reason', async (_name, body, code, status, field) => {
    expect(await refusal(desk().raw(body))).toEqual({ code, status, field });
  });

  it('refuses a key in another way of writing, which would be another agent', async () => {
    const { enrol, token } = desk();
    const keys = createKeyPair();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const usual = exportPublicKey(keys.publicKey);
    const publicKey = usual.slice(0, 42) + alphabet.charAt(alphabet.indexOf(usual.charAt(42)) + 1);

    expect(await refusal(enrol(keys, { secret: await token(), publicKey }))).toEqual({
      code: 'invalid-enrolment',
      status: 422,
      field: '/publicKey',
    });
  });

  it.each([
    ['a name with capitals', { node: 'Server' }, '/node'],
    ['a name with a line break', { node: 'server\n' }, '/node'],
    ['a name that leaves its folder', { node: '../../etc' }, '/node'],
    ['a key that is no key', { publicKey: '!'.repeat(43) }, '/publicKey'],
    ['an unknown field', { admin: true }, '/admin'],
    ['a short secret', { secret: 'abc' }, '/secret'],
    ['a version of a megabyte', { agentVersion: 'x'.repeat(1e6) }, '/agentVersion'],
  ])('refuses %s and names the field', async (_name, patch, field) => {
    expect(await refusal(desk().enrol(createKeyPair(), patch))).toEqual({
      code: 'invalid-enrolment',
      status: 422,
      field,
    });
  });

  it('moves a machine that is enrolled again with a token of another department', async () => {
    const { enrol, token, enrolled } = desk();
    const keys = createKeyPair();
    await enrol(keys, { secret: await token('dinkes', 'kantor'), node: 'simpus-1' });
    await enrol(keys, { secret: await token('rsud', 'gedung-b'), node: 'simrs-1' });

    expect(enrolled.map(({ key, pd, site, node }) => ({ key, pd, site, node }))).toEqual([
      { key: 1, pd: 'dinkes', site: 'kantor', node: 'simpus-1' },
      { key: 1, pd: 'rsud', site: 'gedung-b', node: 'simrs-1' },
    ]);
  });
});
