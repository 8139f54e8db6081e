import { describe, expect, it } from 'vitest';
import { explain } from '../explain.ts';
import type { DepartmentSubjectFacts, Judgement } from '../rule.ts';
import { backupCoverageComplete } from './backup-coverage-complete.ts';
import { department } from './registers/department-facts.test-kit.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

type Node = DepartmentSubjectFacts['nodes'][number];

/** A server with so many databases, backing up these datasets. */
function server(seq: number, valuableCount: number, datasets: string[] = []): Node {
  const node = `server-${seq}`;
  const valuables = Array.from({ length: valuableCount }, (_, at) => ({
    node,
    kind: 'database',
    name: `MySQL/MariaDB: db${at + 1}`,
    path: at === 0 ? '/var/lib/mysql' : undefined,
  }));
  return { node, valuables, datasets, record: record(seq) };
}

function judge(datasetCount: number, nodes: Node[]): Judgement {
  return backupCoverageComplete.judge(department({ datasetCount, nodes }), {}, nowMs);
}

const finding = { status: 'breached', exceeded: 'finding', sinceAtMs: nowMs } as const;
const first = 'server-1: MySQL/MariaDB: db1 (/var/lib/mysql)';

describe('backup-coverage-complete', () => {
  it.each<[string, number, Node[], Judgement]>([
    [
      'a department without anything is not registered, which is no compliance',
      0,
      [],
      { ...finding, reasonCode: 'no-dataset', reasonArgs: {}, evidence: [] },
    ],
    [
      'a department without datasets is not registered, whatever its servers hold',
      0,
      [server(1, 2), server(2, 0)],
      { ...finding, reasonCode: 'no-dataset', reasonArgs: {}, evidence: [record(1), record(2)] },
    ],
    [
      'nothing is known before the first inventory',
      1,
      [],
      { status: 'no-evidence', reasonCode: 'no-inventory', reasonArgs: {}, evidence: [], endsBreach: true },
    ],
    [
      'a server with a database that nothing backs up is named',
      1,
      [server(1, 1), server(2, 3, ['simpus']), server(3, 0)],
      { ...finding, reasonCode: 'not-covered', reasonArgs: { things: first }, evidence: [record(1)] },
    ],
    [
      'the first three things are named, of all servers, and the others counted',
      1,
      [server(1, 2), server(2, 4)],
      {
        ...finding,
        reasonCode: 'not-covered-more',
        reasonArgs: {
          things: `${first}; server-1: MySQL/MariaDB: db2; server-2: MySQL/MariaDB: db1 (/var/lib/mysql)`,
          otherCount: 3,
        },
        evidence: [record(1), record(2)],
      },
    ],
    [
      'everything of value is covered',
      2,
      [server(1, 2, ['simpus']), server(2, 0)],
      { status: 'compliant', reasonCode: 'covered', reasonArgs: {}, evidence: [record(1), record(2)] },
    ],
  ])('%s', (_name, datasetCount, nodes, expected) => {
    expect(judge(datasetCount, nodes)).toEqual(expected);
  });

  it('says in words what was found and how it is set right', () => {
    const { reasonCode, reasonArgs } = judge(1, [server(1, 5)]);
    const text = backupCoverageComplete.reasons[reasonCode] ?? { id: '', en: '' };

    expect(explain(text, reasonArgs, { language: 'id', timezone: 'Asia/Jakarta' })).toBe(
      'Ditemukan data di server yang tidak tercakup himpunan data mana pun: server-1: MySQL/MariaDB: db1 ' +
        '(/var/lib/mysql); server-1: MySQL/MariaDB: db2; server-1: MySQL/MariaDB: db3, dan 2 lainnya. Bila sudah ' +
        'dicadangkan, cantumkan nama servernya (node) pada himpunan data yang memuatnya.',
    );
  });
});
