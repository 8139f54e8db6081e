import type { Express } from 'express';
import { AppError } from '../../shared/errors.ts';
import { type LedgerKind, ledgerKinds } from '../ledger/entry.ts';
import { dayStartMs, shiftDay } from '../obligations/backup-history/local-days.ts';
import type { LedgerFilter } from '../store/ledger-port.ts';
import { expectDepartment } from './expect-department.ts';
import { checkpointRow, ledgerRow } from './ledger-rows.ts';
import { badQuery, readQuery, wholeNumber } from './query.ts';
import type { ApiView, Query, QueryParameter } from './resource.ts';
import { dayPattern } from './resources/history-query.ts';

export interface LedgerRoutesDeps {
  view(): ApiView;
}

const day = { pattern: dayPattern, form: 'a day such as 2026-11-22' };

export const ledgerParameters: readonly QueryParameter[] = [
  {
    name: 'kind',
    docs: `only entries of this kind: ${ledgerKinds.join(', ')}`,
    pattern: `^(${ledgerKinds.join('|')})$`,
    form: `one of ${ledgerKinds.join(', ')}`,
  },
  { name: 'from', docs: "the first day, in the Pemda's zone", ...day },
  { name: 'to', docs: "the last day, in the Pemda's zone", ...day },
];

/** The chain for those who read it. Too long to be read whole for each page, unlike the other lists. */
export function addLedgerRoutes(app: Express, deps: LedgerRoutesDeps): void {
  app.get('/api/v1/ledger', async (request, response) => {
    const filter = filterOf(readQuery(request.query, ledgerParameters), deps.view().config.timezone);
    const limit = wholeNumber(request.query, 'limit', { least: 1, most: 1000, otherwise: 100 });
    const offset = wholeNumber(request.query, 'offset', { least: 0, most: 1e9, otherwise: 0 });
    const view = deps.view();
    const { rows, totalCount } = await view.store.ledger.page(filter, { offset, limit });
    if (filter.pd !== undefined && totalCount === 0) expectDepartment(view, filter.pd);
    response.json({ items: rows.map((row) => ledgerRow(view, row)), totalCount });
  });
  app.get('/api/v1/ledger/checkpoint', async (_request, response) => {
    const view = deps.view();
    const latest = await view.store.ledger.latestCheckpoint();
    if (latest === undefined) {
      throw new AppError('not-found', 'The ledger has no checkpoint yet.', { status: 404 });
    }
    response.json(checkpointRow(view, latest));
  });
}

function filterOf(query: Query, timezone: string): LedgerFilter {
  const { pd, from, to } = query;
  for (const [name, given] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (given !== undefined && shiftDay(given, 0) !== given) throw badQuery(name, `${name} must be a day that exists.`);
  }
  if (from !== undefined && to !== undefined && from > to) throw badQuery('from', 'from must not be later than to.');
  return {
    pd,
    kind: query['kind'] as LedgerKind | undefined,
    fromMs: from === undefined ? undefined : dayStartMs(from, timezone),
    untilMs: to === undefined ? undefined : dayStartMs(shiftDay(to, 1), timezone),
  };
}
