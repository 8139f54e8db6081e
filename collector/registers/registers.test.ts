import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { storeFile } from '../../test/kit/store-file.ts';
import { silentLogger } from '../../shared/logger.ts';
import { openRegisters, type RegisterChange } from './registers.ts';

const act = { actor: 'siti', action: 'register-put', subject: 'audit', detail: '' };
const change = (patch: Partial<RegisterChange> = {}): RegisterChange => ({
  register: 'audit',
  entry: 'REG-1',
  expectedRevision: 0,
  pd: undefined,
  values: { scope: 'keamanan', date: '2026-10-01', auditor: 'BSSN', auditorKind: 'eksternal' },
  attachments: [],
  ...patch,
});

async function opened() {
  const file = storeFile();
  const clock = fakeClock(1_000_000);
  const heard: (string | undefined)[][] = [];
  const open = () =>
    openRegisters({
      port: file.store.registers,
      clock,
      logger: silentLogger,
      onChange: (pds) => void heard.push([...pds]),
    });
  return { file, clock, heard, open, registers: await open() };
}

describe('the registers', () => {
  it('tell of an entry who made its present state and when, also after they are opened anew', async () => {
    const { clock, open, registers } = await opened();
    await registers.write([change()], act);
    clock.advanceMs(1000);
    const changed = change({ expectedRevision: 1, pd: 'dinkes', attachments: ['ab'] });
    await registers.write([changed], { ...act, actor: 'budi' });
    const entry = {
      id: 'REG-1',
      pd: 'dinkes',
      values: changed.values,
      attachments: ['ab'],
      enteredAtMs: 1_001_000,
      enteredBy: 'budi',
      reference: { register: 'audit', entry: 'REG-1', revision: 2 },
    };
    expect(registers.entries('audit')).toEqual([entry]);
    expect((await open()).entries('audit')).toEqual([entry]);
    expect(registers.entries('plan')).toEqual([]);
    expect(registers.entries('no-such-register')).toEqual([]);
  });

  it('keep the order in which entries were first made, whatever changes later', async () => {
    const { open, registers } = await opened();
    await registers.write(
      ['B', 'A', 'C'].map((entry) => change({ entry })),
      act,
    );
    await registers.write([change({ entry: 'B', expectedRevision: 1, pd: 'dinkes' })], act);

    expect(registers.entries('audit').map(({ id }) => id)).toEqual(['B', 'A', 'C']);
    expect((await open()).entries('audit').map(({ id }) => id)).toEqual(['B', 'A', 'C']);
  });

  it('keep every state of an entry that was removed, and take no other after it', async () => {
    const { open, registers } = await opened();
    await registers.write([change()], act);
    await registers.write([change({ expectedRevision: 1, removed: true })], { ...act, actor: 'budi' });

    expect([registers.entries('audit'), (await open()).entries('audit')]).toEqual([[], []]);
    expect(
      (await registers.history('audit', 'REG-1')).map(({ revision, removed, actor }) => [revision, removed, actor]),
    ).toEqual([
      [1, false, 'siti'],
      [2, true, 'budi'],
    ]);
    await expect(registers.write([change({ expectedRevision: 2 })], act)).rejects.toMatchObject({ status: 409 });
  });

  it('write all of several changes or none', async () => {
    const { open, registers } = await opened();
    await registers.write([change()], act);
    const both = [change({ entry: 'REG-2' }), change({ expectedRevision: 0 })];

    await expect(registers.write(both, act)).rejects.toMatchObject({ code: 'changed-meanwhile', status: 409 });
    expect(registers.entries('audit').map(({ id }) => id)).toEqual(['REG-1']);
    expect((await open()).entries('audit').map(({ id }) => id)).toEqual(['REG-1']);
  });

  it('follow what another process has written, and tell of whom it speaks and spoke', async () => {
    const { heard, open, registers } = await opened();
    const other = await open();
    await other.write([change({ pd: 'dinkes' }), change({ entry: 'REG-2' })], act);
    heard.length = 0;
    await registers.follow();
    expect(heard).toEqual([['dinkes', undefined]]);
    expect(registers.entries('audit').map(({ id }) => id)).toEqual(['REG-1', 'REG-2']);

    await other.write([change({ expectedRevision: 1, pd: 'bkd' })], act);
    await registers.follow();
    await registers.follow();
    expect(heard.slice(1)).toEqual([
      ['dinkes', 'bkd'],
      ['dinkes', 'bkd'],
    ]);
    await expect(registers.write([change({ expectedRevision: 1 })], act)).rejects.toMatchObject({ status: 409 });
  });

  it('give two who write at once one revision each, the second being refused', async () => {
    const { open, registers } = await opened();
    const other = await open();
    await registers.write([change()], act);
    const outcomes = await Promise.allSettled([
      registers.write([change({ expectedRevision: 1, pd: 'dinkes' })], act),
      other.write([change({ expectedRevision: 1, pd: 'bkd' })], act),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect([registers.entry('audit', 'REG-1')?.pd, other.entry('audit', 'REG-1')?.pd]).toEqual(['dinkes', 'dinkes']);
  });
});
