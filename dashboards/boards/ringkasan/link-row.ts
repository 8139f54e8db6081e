import type { Row } from '../../layout.ts';
import { openIncidents } from '../../panels/incidents.ts';
import { colours } from '../../panels/colours.ts';
import { layers } from '../../panels/layer-words.ts';
import { boardLink } from '../../panels/links.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { countOf, linkState } from '../../promql.ts';

const links = linkState('', 'pd, site, layer, target, probe');
/** Not known where nothing of the layer is. */
const down = `${countOf(links, '== 0', '== 1', ' by (layer)')} or count by (layer) (${links}) * (0 / 0)`;
const of = (state: number): string => `sum by (layer) (${links} == bool ${state})`;

/** How the links of each layer are, and what people are working on. */
export const linkRow = (): Row => ({
  title: 'Jaringan dan insiden',
  panels: [
    table({
      title: 'Jalur menurut lapisan',
      description: 'Banyaknya jalur yang tersambung, terputus, dan tidak diketahui pada tiap lapisan jaringan.',
      width: 9,
      height: 8,
      labels: [
        {
          label: 'layer',
          title: 'Lapisan',
          mappings: [layers],
          link: boardLink('Buka papan Jaringan Intra', 'jaringan-intra', { layer: '${__data.fields.code}' }),
        },
        // What the link hands over: the other one is shown, and handed over, as words.
        { label: 'code', title: 'Kode lapisan', hidden: true },
      ],
      values: [
        {
          title: 'Terputus',
          expr: `label_join(${down}, "code", "", "layer")`,
          decimals: 0,
          steps: [
            [0, colours.good],
            [1, colours.bad],
          ],
        },
        {
          title: 'Tidak diketahui',
          expr: of(0.5),
          decimals: 0,
          steps: [
            [0, colours.notApplicable],
            [1, colours.unknown],
          ],
        },
        { title: 'Tersambung', expr: of(1), decimals: 0 },
      ],
      sort: [{ by: 'Terputus', descending: true }],
    }),
    timeSeries(
      {
        title: 'Jalur terputus dan tidak diketahui',
        interval: '5m',
        description: 'Banyaknya jalur yang terputus dan yang tidak diketahui, semua lapisan, sepanjang waktu.',
        width: 15,
        height: 8,
        decimals: 0,
        min: 0,
        unit: 'short',
        stepped: true,
        seriesColours: { Terputus: colours.bad, 'Tidak diketahui': colours.unknown },
      },
      { expr: countOf(links, '== 0', '== 1'), legend: 'Terputus' },
      { expr: `sum(${links} == bool 0.5)`, legend: 'Tidak diketahui' },
    ),
    openIncidents('', { width: 24, height: 9 }),
  ],
});
