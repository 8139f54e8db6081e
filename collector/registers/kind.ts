import type { ReasonText } from '../obligations/rule.ts';

/** What a cell of a register may hold; days are `YYYY-MM-DD`, times RFC 3339 with the zone of the Pemda. */
export type ColumnType = 'text' | 'number' | 'day' | 'time' | 'choice' | 'site' | 'node' | 'obligation' | 'incident';

export interface RegisterColumn {
  /** In code, in the API and in files. */
  name: string;
  /** Above the column, as people read it. */
  title: ReasonText;
  type: ColumnType;
  required: boolean;
  /** Of a choice: what may stand there. */
  choices?: readonly { name: string; title: ReasonText }[];
}

/** One register: what is entered by people because no probe can see it. */
export interface RegisterKind {
  /** File name, name in the API and on the command line. */
  name: string;
  title: ReasonText;
  /** What it is for, in a sentence. */
  docs: ReasonText;
  /** Whether an entry speaks of one department; where that may be left out it then speaks of the Pemda as a whole. */
  pd: 'required' | 'optional';
  columns: readonly RegisterColumn[];
  /** Columns of days or times of which the first never comes after the second. */
  order?: readonly (readonly [from: string, until: string])[];
}
