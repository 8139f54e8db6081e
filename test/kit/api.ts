/** Reads the collector as an operator does. */
export interface Api {
  /** Every row, however many pages of the API they fill. */
  list<Row>(name: string): Promise<Row[]>;
  metrics(): Promise<string>;
  /** Value of one series, written as it stands on the page; undefined when it is not there. */
  series(series: string): Promise<number | undefined>;
  post(path: string): Promise<Response>;
}

interface Page<Row> {
  items: Row[];
  totalCount: number;
}

export function apiOf(collector: { url: string; adminToken: string }): Api {
  const headers = { authorization: `Bearer ${collector.adminToken}` };
  async function get(path: string): Promise<Response> {
    const response = await fetch(`${collector.url}${path}`, { headers, signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }
  const metrics = async () => (await get('/metrics')).text();
  return {
    async list<Row>(name: string) {
      const rows: Row[] = [];
      for (;;) {
        const page = (await (await get(`/api/v1/${name}?limit=1000&offset=${rows.length}`)).json()) as Page<Row>;
        rows.push(...page.items);
        if (page.items.length === 0 || rows.length >= page.totalCount) return rows;
      }
    },
    metrics,
    async series(series) {
      const line = (await metrics()).split('\n').find((each) => each.startsWith(`${series} `));
      return line === undefined ? undefined : Number(line.slice(series.length + 1));
    },
    post: (path) => fetch(`${collector.url}${path}`, { method: 'POST', headers }),
  };
}
