import type { Static, TObject } from 'typebox';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { Judging } from '../incidents/judging.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import type { RegisterView } from '../obligations/register-view.ts';
import type { Store } from '../store/store.ts';

/** What the API reads. */
export interface ApiView {
  config: PantauConfig;
  fleet: Fleet;
  judging: Judging;
  registers: RegisterView;
  store: Store;
  nowMs: number;
}

/** What a list can be asked for beside the parameters that all lists have. */
export interface QueryParameter {
  name: string;
  docs: string;
  /** A regular expression that the value must match. */
  pattern: string;
  /** What it must be, in words, for whoever wrote something else: "a day such as 2026-11-22". */
  form: string;
}

/** The parameters of a request that the list knows, each given at most once and of the right form. */
export type Query = Readonly<Record<string, string | undefined>>;

/** One list of the API: `GET /api/v1/<name>`, paginated, filtered by `pd`. Its schema is also its documentation. */
export interface Resource<Row extends TObject = TObject, Found = Static<Row>> {
  name: string;
  summary: string;
  row: Row;
  query?: readonly QueryParameter[];
  /**
   * Every row, in a stable order.
   * @param query with `pd` in it, for lists that are dear: others leave that filter to whoever asks.
   */
  rows(view: ApiView, query: Query): Promise<Found[]> | Found[];
  /** What the rows of one page look like, where it is dear to know of all. */
  shown?(view: ApiView, rows: Found[]): Promise<Static<Row>[]>;
}

/** An instant as the API writes it: RFC 3339 in the Pemda's zone; null when there is none. */
export function instant(view: ApiView, atMs: number | undefined): string | null {
  return atMs === undefined ? null : formatZonedRfc3339(atMs, view.config.timezone);
}
