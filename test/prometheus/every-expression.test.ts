import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { families } from '../../collector/metrics/catalogue.ts';
import { boards } from '../../dashboards/registry.ts';
import type { SeriesValue } from '../kit/prometheus-api.ts';
import type { Prometheus } from '../kit/prometheus.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { askBoard, differentSeries } from './ask-boards.ts';
import { knownAnswers, openIncidents, panelAnswers, quietRules } from './known-answers.ts';
import { startWholeKabupaten, untilSeenFor, type WholeKabupaten } from './whole-kabupaten.ts';

const needed = needs({ tools: ['prometheus'] });
/** Longer than it takes until what no report tells is written again. */
const settledWithinMs = 15_000;

/**
 * Of a site without power the last reading of its router, once written, stays visible until Prometheus forgets it; and the
 * last round trip of a link that no longer answers for a minute.
 */
const mayStay = (series: string) =>
  (series.includes('"pd":"bkpsdm"') && /pantau_router|site_wan/.test(series)) || series.includes('_round_trip_seconds');

describe.skipIf(!needed.ok)(`A whole Kabupaten under a real Prometheus ${needed.reason}`, () => {
  let world: WholeKabupaten;
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const atEnd = (end: () => Promise<void>) => void ends.push(end);
    world = await startWholeKabupaten({ departmentCount: 6, agentCount: 13, intervalSeconds: 1, atEnd });
    await waitUntil(
      'everything to have happened',
      async () => {
        const open = await world.openIncidents();
        const missing = openIncidents.filter((each) => !open.includes(each));
        if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
        return true;
      },
      60_000,
    );
    await untilSeenFor(world.prometheus, 20);
  }, 120_000);
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });

  describe.each([
    ['that scrapes', () => world.prometheus],
    ['that is written to', () => world.written],
  ] as const)('%s', (_how, prometheusOf) => {
    it('has series of every family', async () => {
      await settled(async () => {
        const rows = await prometheusOf().query('count by (__name__) ({__name__=~".+"})');
        const seen = new Set(rows.map(({ labels }) => labels['__name__']));
        expect(families.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
      });
    }, 30_000);

    it.each(boards.map((board) => [board.name, board] as const))(
      'answers every expression of the board %s',
      async (_name, board) => {
        const answers = await askBoard(board, prometheusOf());
        const empty = answers.filter(({ series, normallyEmpty }) => series.length === 0 && !normallyEmpty);
        expect(empty.map(({ panel, asked }) => `${panel}: ${asked}`)).toEqual([]);
      },
      60_000,
    );

    it('works out every rule, and each alert that has a reason finds it', async () => {
      const rules = (await prometheusOf().rules()).flatMap((group) => group.rules);
      const ill = rules.filter(({ health }) => health !== 'ok');
      expect(ill.map(({ name, lastError }) => `${name}: ${lastError}`)).toEqual([]);
      await settled(async () => expect(await silentRules(prometheusOf(), rules)).toEqual(quietRules.toSorted()));
    }, 60_000);

    it.each(knownAnswers)('knows $what', async ({ expr, answer }) => {
      await settled(async () =>
        expect((await prometheusOf().query(expr)).map(inWords).toSorted()).toEqual(answer.toSorted()),
      );
    });

    it.each(panelAnswers)(
      '$board says in "$panel" what there is',
      async ({ board, panel, question = 0, of, answer }) => {
        const found = boards.find(({ name }) => name === board);
        if (found === undefined) throw new Error(`There is no board ${board}.`);
        await settled(async () => {
          const answers = await askBoard(found, prometheusOf(), (each) => each.panel === panel);
          const rows = (answers[question]?.series ?? []).filter(
            ({ labels }) => of?.includes(labels['pd'] ?? '') ?? true,
          );
          expect(rows.map(inWords).toSorted()).toEqual(answer.toSorted());
        });
      },
    );
  });

  it.each(boards.map((board) => [board.name, board] as const))(
    'shows the same series on the board %s, scraped or written',
    async (_name, board) => {
      await settled(async () => {
        const [scraped, written] = [await askBoard(board, world.prometheus), await askBoard(board, world.written)];
        expect(differentSeries(scraped, written).filter((each) => !mayStay(each))).toEqual([]);
      });
    },
    60_000,
  );
});

/** What was written may be a snapshot behind. @throws what `check` threw last */
async function settled(check: () => Promise<void>): Promise<void> {
  const isOver = waitUntil('it', async () => (await check(), true), settledWithinMs);
  await isOver.catch(check);
}

async function silentRules(prometheus: Prometheus, rules: readonly { name: string; query: string }[]) {
  const silent = new Set<string>();
  for (const { name, query } of rules) if ((await prometheus.query(query)).length === 0) silent.add(name);
  return [...silent].toSorted();
}

/** The department first, the other labels by their names, then the value. */
function inWords({ labels: { pd, ...labels }, value }: SeriesValue): string {
  const others = Object.keys(labels).toSorted();
  const rounded = Math.round(value * 1000) / 1000;
  return [pd, ...others.map((name) => labels[name]), rounded].filter((word) => word !== undefined).join(' ');
}
