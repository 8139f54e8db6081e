import { topicNamed } from '../../registers/topics.ts';
import type { DepartmentRule, Judgement } from '../rule.ts';
import { notApplicable } from './measured/say.ts';
import { entriesOfDepartment } from './registers/entries.ts';
import { judgeRecord, recordRule } from './registers/record.ts';

const topic = 'website-content';
const defaultEveryDays = 30;
const { topic: _topic, ...params } = recordRule.params;

/**
 * The website holds what it must, and is kept up to date. No probe can tell news from an old page: whoever looked at it
 * says so in the register. Every how many days is ours.
 */
export const websiteContentFresh: DepartmentRule = {
  ...recordRule,
  name: 'website-content-fresh',
  docs: 'Somebody looked lately at what the website holds, and put it on record.',
  subject: 'department',
  params: { ...params, everyDays: { ...params.everyDays, default: defaultEveryDays } },
  evidence: {
    id: `Entri pada register catatan dengan topik ${topic}: hasil pemeriksaan isi situs web (tugas dan struktur, berita, agenda) beserta tanggalnya.`,
    en: `An entry in the register of records under the topic ${topic}: what was found of the content (duties and structure, news, agenda), and when.`,
  },
  reasons: {
    ...recordRule.reasons,
    'no-website': {
      id: 'Perangkat Daerah ini menyatakan tidak memiliki situs web.',
      en: 'This department says that it has no website.',
    },
  },
  words: { ...recordRule.words, topic: { [topic]: topicNamed(topic)?.title ?? { id: topic, en: topic } } },
  judge(facts, given): Judgement {
    if (facts.measured.websites === 'none') return notApplicable('no-website');
    const records = entriesOfDepartment(facts, 'record');
    return judgeRecord(records, facts, { everyDays: defaultEveryDays, ...given, topic });
  },
};
