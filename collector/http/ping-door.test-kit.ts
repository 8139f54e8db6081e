import { judgingBench, type JudgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { pingSecret, serve, type Site } from '../../test/kit/served-app.ts';
import { pingAddressesOf } from '../intake/ping-addresses.ts';
import type { Store } from '../store/store.ts';

/** A served collector with two datasets that are heard at ping addresses, and no agent at all. */
export interface PingDoor extends Site {
  bench: JudgingBench;
  call(path: string, init?: RequestInit): Promise<Response>;
  /** `<status> <body>` */
  said(path: string, init?: RequestInit): Promise<string>;
}

export const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const common = { schedule: '0 1 * * *', grace: '6h', source: { kind: 'heartbeat' }, proof: 'claimed' };
const config = testConfig({ datasets: ['simpus', 'simda'].map((id) => ({ id, ...common })) });

function pathsOf(dataset: string) {
  const address = pingAddressesOf(pingSecret, config).find((each) => each.dataset === dataset);
  const { uuid, pingKey, slug } = address ?? { uuid: '', pingKey: '', slug: '' };
  return { url: `/ping/${uuid}`, bySlug: `/ping/${pingKey}/${slug}`, push: `/api/push/${uuid}`, uuid };
}

/** Addresses of the two datasets `simpus` and `simda` of the department `dinkes`, and one of nobody. */
export const known = pathsOf('simpus');
export const second = pathsOf('simda');
export const unknown = '/ping/07c2f548-9850-4b27-af5d-6c9dc157ec02';

/** @param wrap put in front of the real store, to let it fail. */
export async function pingDoor(wrap: (store: Store) => Store = (store) => store): Promise<PingDoor> {
  const bench = await judgingBench({ config, agents: [], startsAtMs });
  const site = await serve({ ...bench, store: wrap(bench.store) });
  const call = (path: string, init?: RequestInit) => fetch(`${site.url}${path}`, init);
  const said = async (path: string, init?: RequestInit) => {
    const response = await call(path, init);
    return `${response.status} ${await response.text()}`;
  };
  return { ...site, bench, call, said };
}

/** What the collector knows of a dataset now. */
export const factsOf = ({ bench }: PingDoor, dataset = 'simpus') => bench.fleet.dataset(`dinkes/${dataset}`);
