import type { PantauConfig } from '../../config/schema.ts';
import { nameOfCitation } from '../citation.ts';
import type { Case } from '../subjects.ts';
import type { ParamSource, Why } from './schema.ts';

type Shown = Why['params'][number];

/** Every number that the rule works with, where it comes from, and what it would be otherwise; pure. */
export function paramsShown(judged: Case, config: PantauConfig): Shown[] {
  const { rule, obligation } = judged;
  const set = config.obligations[obligation.id]?.params ?? {};
  const own = Object.entries(rule.params).map(([name, spec]): Shown => {
    const layers: [ParamSource, Readonly<Record<string, Shown['value']>> | undefined][] = [
      ['law', obligation.lawParams],
      ['pemda', set],
      ['duty', obligation.params],
    ];
    const [source, values] = layers.find(([, each]) => each !== undefined && Object.hasOwn(each, name)) ?? ['default'];
    return {
      name,
      value: values?.[name] ?? spec.default,
      default: spec.default,
      source,
      basis: source === 'law' ? nameOfCitation(obligation.citation) : null,
      docs: spec.docs,
    };
  });
  return [...own, ...datasetParams(judged, config)];
}

const datasetDocs = {
  schedule: 'When a backup is due, as cron.',
  timezone: 'The zone of the schedule.',
  grace: 'How late a backup may be.',
  proof: 'How far a backup must be proven.',
  minSize: 'Fewer bytes are no backup.',
  keepCopies: 'How many backups must be kept.',
  restoreTestEvery: 'How often a restore is tested.',
} as const;

/** What the Pemda set for the dataset itself, with the decree where it names one. */
function datasetParams({ rule, pd, part }: Case, config: PantauConfig): Shown[] {
  if (rule.subject !== 'dataset') return [];
  const department = config.perangkatDaerah.find(({ id }) => id === pd);
  const dataset = department?.datasets.find(({ id }) => id === part);
  if (dataset === undefined) return [];
  return Object.entries(datasetDocs).flatMap(([name, docs]): Shown[] => {
    const value = dataset[name as keyof typeof datasetDocs];
    if (value === undefined) return [];
    const basis = name === 'schedule' || name === 'grace' ? (dataset.basis ?? null) : null;
    return [{ name, value, default: null, source: 'dataset', basis, docs }];
  });
}
