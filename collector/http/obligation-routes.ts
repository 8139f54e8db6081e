import type { Express, Request } from 'express';
import { AppError } from '../../shared/errors.ts';
import { suggestName } from '../config/nearest-name.ts';
import { caseOfVerdict } from '../obligations/why/case-of.ts';
import { readWhy } from '../obligations/why/read-why.ts';
import { explainVerdict } from '../obligations/explain.ts';
import { regulations, regulationsOf } from '../obligations/regulations/registry.ts';
import { withDecrees } from '../obligations/with-decrees.ts';
import type { VerdictRow } from '../store/rows.ts';
import type { VerdictChange } from '../store/verdict-history-port.ts';
import { historyParameters, whyParameters } from './openapi-obligations.ts';
import { badQuery, readQuery, wholeNumber } from './query.ts';
import { type ApiView, instant, type Query } from './resource.ts';

/** Why a verdict is what it is, and what was said before; of one duty. */
export function addObligationRoutes(app: Express, viewOf: () => ApiView): void {
  app.get('/api/v1/obligations/:id/why', async (request, response) => {
    const view = viewOf();
    const obligation = knownDuty(view, request.params.id);
    const query = readQuery(request.query, whyParameters);
    const { limit, offset } = pageOf(request);
    const asked = await askedVerdicts(view, obligation, query);
    const items = [];
    const config = withDecrees(view.config, view);
    for (const each of asked.slice(offset, offset + limit)) {
      const why = await readWhy(each, config, view.store);
      if (why !== undefined) items.push(why);
    }
    response.json({ items, totalCount: asked.length });
  });
  app.get('/api/v1/obligations/:id/history', async (request, response) => {
    const view = viewOf();
    const obligation = knownDuty(view, request.params.id);
    const query = readQuery(request.query, historyParameters);
    const { limit, offset } = pageOf(request);
    const { pd } = query;
    const period = { fromMs: momentOf('from', query, 0), untilMs: momentOf('until', query, view.nowMs + 1) };
    const filter = { obligation, pd, subject: wholeSubject(query), ...period };
    const changes = await view.store.verdictHistory.changes({ ...filter, limit, offset });
    const totalCount = await view.store.verdictHistory.count(filter);
    response.json({ items: changes.map((change) => historyRow(view, change)), totalCount });
  });
}

function knownDuty({ config }: ApiView, id: string): string {
  const duties = [...regulationsOf(config), ...regulations].flatMap(({ obligations }) =>
    obligations.map((each) => each.id),
  );
  if (duties.includes(id)) return id;
  const hint = suggestName(id.slice(0, 100), duties);
  throw new AppError('not-found', `There is no duty of this id; ${hint}${hint.endsWith('?') ? '' : '.'}`, {
    status: 404,
    field: '/id',
  });
}

function pageOf({ query }: Request): { limit: number; offset: number } {
  return {
    limit: wholeNumber(query, 'limit', { least: 1, most: 1000, otherwise: 100 }),
    offset: wholeNumber(query, 'offset', { least: 0, most: 1e9, otherwise: 0 }),
  };
}

/** The whole name of a subject needs its department; that of the Pemda and of areas does not. */
function wholeSubject({ pd, subject }: Query): string | undefined {
  if (subject === undefined || pd === undefined || subject.startsWith(`${pd}/`)) return subject;
  return subject.startsWith('wilayah/') || subject === 'pemda' || subject === pd ? subject : `${pd}/${subject}`;
}

async function askedVerdicts(view: ApiView, obligation: string, query: Query) {
  const subject = wholeSubject(query);
  const atMs = query['at'] === undefined ? undefined : momentOf('at', query, 0);
  if (atMs !== undefined) {
    const changes = await view.store.verdictHistory.at(atMs, { obligation, pd: query['pd'], subject });
    return changes.map((change) => ({ verdict: change.verdict, judgedAtMs: change.atMs, atMs }));
  }
  const isAsked = (row: VerdictRow) =>
    row.obligation === obligation && (query['pd'] ?? row.pd) === row.pd && (subject ?? row.subject) === row.subject;
  const verdicts = view.judging.verdicts().filter(isAsked);
  return verdicts.map((verdict) => {
    const hold = view.judging.heldBackBy(verdict);
    const by =
      hold === undefined
        ? undefined
        : 'obligation' in hold
          ? `${hold.kind}: ${hold.obligation} | ${hold.subject}`
          : hold.kind;
    return { verdict, judgedAtMs: undefined, atMs: view.nowMs, heldBackBy: by };
  });
}

function momentOf(name: string, query: Query, otherwise: number): number {
  const text = query[name];
  if (text === undefined) return otherwise;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw badQuery(name, `${name} must be a time such as 2026-11-22T10:00:00+07:00.`);
  return atMs;
}

function historyRow(view: ApiView, { atMs, verdict, removed }: VerdictChange) {
  const rule = caseOfVerdict(verdict, view.config)?.rule;
  return {
    at: instant(view, atMs),
    pd: verdict.pd,
    subject: verdict.subject,
    status: removed ? 'removed' : verdict.status,
    grade: removed ? null : (verdict.grade ?? null),
    since: instant(view, verdict.sinceMs),
    reasonCode: verdict.reasonCode,
    reason: rule === undefined ? verdict.reasonCode : explainVerdict(verdict, rule, view.config),
    evidence: verdict.evidence,
  };
}
