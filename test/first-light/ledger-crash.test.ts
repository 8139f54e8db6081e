import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LedgerFault } from '../../collector/ledger/verify/fault.ts';
import { exportedFrom, verify } from '../../collector/ledger/verify/verify.test-kit.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { createKeyPair } from '../../shared/signing.ts';
import {
  addAction,
  addVerdicts,
  keepSigned,
  ledgerStartMs,
  signedBatch,
  verdictOf,
  wholeLedger,
} from '../kit/ledger-world.ts';
import { enrolAll, storeFile } from '../kit/store-file.ts';
import { testAgent } from '../kit/test-agent.ts';

const child = join(import.meta.dirname, '../kit/ledger-child.ts');
const roundCount = 60;
const killCount = 12;

/** @param killAfter how many turns it may say; it is killed in the midst of whatever follows. */
async function followInChild(path: string, killAfter: number): Promise<'ended' | 'killed'> {
  const program = spawn(process.execPath, [child, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void program.kill('SIGKILL'));
  let turnCount = 0;
  program.stdout.on('data', (text: Buffer) => {
    turnCount += text.toString().split('\n').length - 1;
    if (turnCount >= killAfter) program.kill('SIGKILL');
  });
  const [code, signal] = (await once(program, 'exit')) as [number | null, string | null];
  if (signal === 'SIGKILL') return 'killed';
  expect(code).toBe(0);
  return 'ended';
}

it('has everything exactly once though the process is killed again and again', async () => {
  const file = storeFile();
  const agent = testAgent();
  await enrolAll(file.store, [agent], ledgerStartMs);
  for (let round = 0; round < roundCount; round += 1) {
    const atMs = ledgerStartMs + round;
    const evidence = await keepSigned(file.store, signedBatch(agent, 1, atMs));
    await addVerdicts(file.store, [verdictOf({ reasonCode: `round-${round}`, evidence })], atMs);
    await addAction(file.store, `action-${round}`, atMs);
  }
  await file.store.close();

  const endings: string[] = [];
  for (let kill = 0; kill < killCount; kill += 1) endings.push(await followInChild(file.path, 1 + (kill % 3)));
  expect(endings).toContain('killed');
  expect(await followInChild(file.path, Infinity)).toBe('ended');

  const store = openSqliteStore(file.path);
  onTestFinished(() => store.close());
  const said = (await wholeLedger(store)).map(({ data }) => JSON.parse(data) as Record<string, unknown>);
  const names = (part: string) => said.flatMap((data) => (part in data ? [data[part]] : []));
  const all = (name: string) => Array.from({ length: roundCount }, (_, round) => `${name}-${round}`);
  expect(names('reasonCode')).toEqual(all('round'));
  expect(names('action')).toEqual(all('action'));
  expect(names('sha256')).toHaveLength(roundCount);
  const keys = createKeyPair();
  const found = await verify(exportedFrom(file.path, keys), keys);
  expect(found).not.toBeInstanceOf(LedgerFault);
  expect(found).toMatchObject({ entryCount: 3 * roundCount, proofs: { signature: roundCount } });
}, 120_000);
