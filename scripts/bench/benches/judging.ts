import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { VerdictRow } from '../../../collector/store/rows.ts';
import { openConnection } from '../../../collector/store/sqlite/open.ts';
import type { Bench, BenchContext, Figure } from '../bench.ts';
import { createJudgedPemda, type JudgedPemda } from '../judging/judged-pemda.ts';
import { type Cost, costOf } from '../judging/cost.ts';
import { spreadOf } from '../statistics.ts';

const departmentCount = 500;
/** Beside it, so that what grows with all that exists can be told from what grows with what has changed. */
const fewDepartmentCount = 50;

export const judging: Bench = {
  name: 'judging',
  docs: 'verdicts on every duty of 500 departments after all came back, and after one report or one register entry',
  async run(context) {
    const changeCount = context.isQuick ? 5 : 25;
    const whole = await measured(context, departmentCount, changeCount);
    const few = await measured(context, fewDepartmentCount, changeCount);
    return [
      ...whole.figures,
      ratio('one report', whole.report, few.report),
      ratio('one register entry', whole.entry, few.entry),
    ];
  },
};

async function measured(context: BenchContext, count: number, changeCount: number) {
  const folder = join(context.folder, String(count));
  mkdirSync(folder);
  const saved: VerdictRow[] = [];
  const pemda = await createJudgedPemda({ folder, departmentCount: count, clock: context.clock, onSaved: saved });
  context.later(() => pemda.close());
  context.say(`${count} departments, ${pemda.agentCount} agents, ${pemda.start.caseCount} cases`);
  saved.length = 0;
  const back = await everybodyReports(pemda, true);
  const backRows = [...saved];
  const floor = await costOf(async () => writeBare(join(folder, 'floor.db'), backRows));
  saved.length = 0;
  const again = await everybodyReports(pemda, false);
  const againCount = saved.length;
  const report = await repeated(changeCount, async (round) => {
    await pemda.report([round], { hasBackups: true });
    return costOf(() => pemda.settle());
  });
  const entry = await repeated(changeCount, (round) =>
    costOf(async () => {
      await pemda.enter(round);
      await pemda.settle();
    }),
  );
  const name = (what: string) => `${count} departments, ${what}`;
  const figures = [
    ...figuresOf(name('first judged'), [pemda.start.cost]),
    ...figuresOf(name('all back'), [back], `${backRows.length} verdicts written`),
    ...figuresOf(name('floor: those rows alone into SQLite'), [floor]),
    ...figuresOf(name('all report again'), [again], `${againCount} verdicts written`),
    ...figuresOf(name('one report'), report),
    ...figuresOf(name('one register entry'), entry),
  ];
  return { figures, report, entry };
}

async function everybodyReports(pemda: JudgedPemda, hasBackups: boolean): Promise<Cost> {
  await pemda.report(
    Array.from({ length: pemda.agentCount }, (_, number) => number),
    { hasBackups },
  );
  return costOf(() => pemda.settle());
}

async function repeated(count: number, measure: (round: number) => Promise<Cost>): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (let round = 0; round < count; round += 1) costs.push(await measure(round));
  return costs;
}

/** What no way of keeping them could do without. */
function writeBare(path: string, rows: readonly VerdictRow[]): void {
  const connection = openConnection(path);
  connection.exec('CREATE TABLE bare (obligation TEXT, subject TEXT, row TEXT, PRIMARY KEY (obligation, subject))');
  const insert = connection.prepare('INSERT OR REPLACE INTO bare VALUES (?, ?, ?)');
  connection
    .transaction(() => {
      for (const row of rows) insert.run(row.obligation, row.subject, JSON.stringify(row));
    })
    .immediate();
  connection.close();
}

function figuresOf(what: string, costs: readonly Cost[], note?: string): Figure[] {
  return [
    { name: what, unit: 'ms CPU', value: spreadOf(costs.map(({ cpuMs }) => cpuMs)), ...(note && { note }) },
    { name: `${what}: by the clock`, unit: 'ms', value: spreadOf(costs.map(({ wallMs }) => wallMs)) },
    { name: `${what}: longest block`, unit: 'ms', value: spreadOf(costs.map(({ blockMs }) => blockMs)) },
  ];
}

function ratio(what: string, whole: readonly Cost[], few: readonly Cost[]): Figure {
  const cpu = (costs: readonly Cost[]) => spreadOf(costs.map(({ cpuMs }) => cpuMs)).median;
  const name = `${what}: CPU with ${departmentCount} departments against ${fewDepartmentCount}`;
  return { name, unit: '×', value: spreadOf([cpu(whole) / cpu(few)]), target: { atMost: 1.5 } };
}
