import { AppError } from '../../shared/errors.ts';
import type { ReportClient } from './report-client.ts';

export type ApiRow = Readonly<Record<string, unknown>>;

/** What an operator can read of a collector. */
export interface OperatorApi {
  /** Every row of a list, such as `nodes`. @throws AppError `operator-api`, or `collector-unreachable`. */
  rows(name: string): Promise<ApiRow[]>;
  /** Reports by outcome, from `/metrics`. @throws AppError as above. */
  reportCounts(): Promise<Map<string, number>>;
}

const pageCount = 1000;
const maxPages = 1000;

export function createOperatorApi(client: Pick<ReportClient, 'call'>, adminToken: string): OperatorApi {
  const get = async (path: string): Promise<string> => {
    const answer = await client.call({ method: 'GET', path, headers: { authorization: `Bearer ${adminToken}` } });
    const text = answer.body.toString('utf8');
    if (answer.status === 200) return text;
    throw new AppError(
      'operator-api',
      `The collector answered ${path} with status ${answer.status}: ${text.slice(0, 300)}`,
    );
  };
  return {
    async rows(name) {
      const rows: ApiRow[] = [];
      for (let page = 0; page < maxPages; page++) {
        const text = await get(`/api/v1/${name}?limit=${pageCount}&offset=${rows.length}`);
        const { items, totalCount } = JSON.parse(text) as { items: ApiRow[]; totalCount: number };
        rows.push(...items);
        if (items.length === 0 || rows.length >= totalCount) break;
      }
      return rows;
    },
    async reportCounts() {
      const text = await get('/metrics');
      const lines = text.matchAll(/^pantau_reports_total\{outcome="([^"]+)"\} (\d+)$/gm);
      return new Map([...lines].map(([, outcome = '', count]) => [outcome, Number(count)]));
    },
  };
}
