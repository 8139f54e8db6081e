import { withDecrees } from '../obligations/with-decrees.ts';
import type { FleetFamily } from './family.ts';
import { type Labels, wellFormed } from './fleet-view.ts';

const departments: FleetFamily = {
  of: 'fleet',
  group: 'node',
  name: 'pantau_pd_info',
  type: 'gauge',
  labels: ['pd', 'name', 'mandiri_tik'],
  help: 'A department, its name, and whether it is a Perangkat Daerah Mandiri TIK; always 1.',
  *samples({ config, ...view }) {
    for (const { id, name, mandiriTik } of withDecrees(config, view).perangkatDaerah) {
      const labels: Labels = [
        ['pd', id],
        ['name', wellFormed(name)],
        ['mandiri_tik', String(mandiriTik)],
      ];
      yield { labels, value: 1 };
    }
  },
};

const sites: FleetFamily = {
  of: 'fleet',
  group: 'node',
  name: 'pantau_site_info',
  type: 'gauge',
  labels: ['pd', 'site', 'name', 'area', 'medium'],
  help: 'A site of a department, its name, its area, and what carries its WAN; always 1.',
  *samples({ config }) {
    for (const pd of config.perangkatDaerah) {
      for (const { id, name = id, area = '', link = '' } of pd.sites) {
        const labels: Labels = [
          ['pd', pd.id],
          ['site', id],
          ['name', wellFormed(name)],
          ['area', wellFormed(area)],
          ['medium', link],
        ];
        yield { labels, value: 1 };
      }
    }
  },
};

const datasets: FleetFamily = {
  of: 'fleet',
  group: 'backup',
  name: 'pantau_dataset_info',
  type: 'gauge',
  labels: ['pd', 'dataset', 'name', 'schedule'],
  help: 'Something that a department must back up, its name, and when (cron); always 1.',
  *samples({ config }) {
    for (const pd of config.perangkatDaerah) {
      for (const { id, name = id, schedule } of pd.datasets) {
        const labels: Labels = [
          ['pd', pd.id],
          ['dataset', id],
          ['name', wellFormed(name)],
          ['schedule', wellFormed(schedule)],
        ];
        yield { labels, value: 1 };
      }
    }
  },
};

/** Names and settings, to be joined to what is measured; a label without a setting is empty. */
export const infoFamilies: readonly FleetFamily[] = [departments, sites, datasets];
