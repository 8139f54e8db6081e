import { badAnswer } from './guarded-socket.ts';
import { SnmpProblem } from './problem.ts';
import type { SnmpSession } from './session.ts';
import { isNothing, type Varbind } from './values.ts';

export interface TableLimits {
  /** Values in one answer: a small router builds it in one packet of its small memory. */
  varbindsPerAnswer: number;
  /** Rows of one column; what a device has beyond is left alone. */
  rows: number;
  /** Questions for the whole table. */
  questions: number;
}

export interface Table<Column extends string> {
  /** By index, in the order of the index. */
  rows: Map<number, Partial<Record<Column, Varbind>>>;
  /** True when there are more rows than were read. */
  isCutShort: boolean;
}

export const usualLimits: TableLimits = { varbindsPerAnswer: 48, rows: 1024, questions: 400 };

interface Walk<Column> {
  column: Column;
  /** The column's own identifier with a dot behind it. */
  prefix: string;
  /** The last index that was answered. */
  at: number | undefined;
}

/**
 * Reads columns of a table whose index is one number, row by row, several columns with each question. Columns that a
 * device does not have cost nothing after the first answer; rows that some columns lack do no harm.
 * @throws SnmpProblem of the session, and `bad-answer` when the device answers in circles.
 */
export async function readColumns<Column extends string>(
  session: Pick<SnmpSession, 'getBulk'>,
  columns: Readonly<Record<Column, string>>,
  limits: TableLimits = usualLimits,
): Promise<Table<Column>> {
  const rows = new Map<number, Partial<Record<Column, Varbind>>>();
  let walks = (Object.keys(columns) as Column[]).map((column): Walk<Column> => ({
    column,
    prefix: `${columns[column]}.`,
    at: undefined,
  }));
  let perAnswer = limits.varbindsPerAnswer;
  for (let question = 0; walks.length > 0 && question < limits.questions; question++) {
    const repetitions = Math.max(1, Math.floor(perAnswer / walks.length));
    let answer: Varbind[][];
    try {
      answer = await session.getBulk(walks.map(oidOf), repetitions);
    } catch (error) {
      if (!isTooBig(error) || perAnswer <= walks.length) throw error;
      perAnswer = Math.floor(perAnswer / 2);
      continue;
    }
    // An answer may be cut anywhere, but with nothing in it this would go on for ever.
    if (answer.every((values) => values.length === 0)) throw badAnswer('there is nothing in it');
    walks = walks.filter((walk, place) => isToGoOn(walk, answer[place] ?? [], rows));
    if (rows.size > limits.rows) break;
  }
  const isCutShort = walks.length > 0 || rows.size > limits.rows;
  return { rows: new Map([...rows].sort(([a], [b]) => a - b).slice(0, limits.rows)), isCutShort };
}

const oidOf = ({ prefix, at }: Walk<string>) => (at === undefined ? prefix.slice(0, -1) : `${prefix}${at}`);
const isTooBig = (error: unknown) => error instanceof SnmpProblem && error.reason === 'too-big';

/** Takes the answers of one column over. @returns whether there may be more of it. */
function isToGoOn<Column extends string>(
  walk: Walk<Column>,
  answer: readonly Varbind[],
  rows: Map<number, Partial<Record<Column, Varbind>>>,
): boolean {
  for (const varbind of answer) {
    if (isNothing(varbind) || !varbind.oid.startsWith(walk.prefix)) return false;
    const index = Number(varbind.oid.slice(walk.prefix.length));
    if (!Number.isInteger(index)) throw badAnswer(`${varbind.oid} is no index of an interface`);
    if (walk.at !== undefined && index <= walk.at) throw badAnswer(`${varbind.oid} comes after ${walk.at}`);
    walk.at = index;
    const row: Partial<Record<Column, Varbind>> = rows.get(index) ?? {};
    row[walk.column] = varbind;
    rows.set(index, row);
  }
  return true;
}
