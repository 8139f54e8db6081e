import { topicNamed } from '../../registers/topics.ts';
import type { DepartmentRule, Judgement } from '../rule.ts';
import { entriesOfDepartment } from './registers/entries.ts';
import { judgeRecord, recordRule } from './registers/record.ts';

const topic = 'lan-operator';
const { topic: _topic, ...params } = recordRule.params;

/**
 * Who runs which part of the network is settled, so that each fault goes to the one who must act. The regulation names
 * who runs the WAN; the operator of a local network is a dated entry, never guessed from the status of the department.
 */
export const segmentOwnerNamed: DepartmentRule = {
  ...recordRule,
  name: 'segment-owner-named',
  docs: 'Who runs the local network of the department is on record, with the decree that says so.',
  subject: 'department',
  params,
  evidence: {
    id: `Entri pada register catatan dengan topik ${topic}: keputusan atau kesepakatan tentang siapa yang mengoperasikan jaringan lokal.`,
    en: `An entry in the register of records under the topic ${topic}: the decree or agreement on who runs the local network.`,
  },
  reasons: {
    ...recordRule.reasons,
    'only-configured': {
      id: 'Operator jaringan lokal diatur menjadi {operator} berdasarkan {basis}, tetapi dokumennya belum tercatat dalam register catatan (topik lan-operator).',
      en: 'The local network is configured to be run by {operator} by {basis}, but the document is not in the register of records yet (topic lan-operator).',
    },
  },
  words: {
    ...recordRule.words,
    topic: { [topic]: topicNamed(topic)?.title ?? { id: topic, en: topic } },
    operator: {
      'perangkat-daerah': { id: 'Perangkat Daerah sendiri', en: 'the department itself' },
      diskominfo: { id: 'Diskominfo', en: 'Diskominfo' },
    },
  },
  judge(facts, given): Judgement {
    const judgement = judgeRecord(entriesOfDepartment(facts, 'record'), facts, { ...given, topic });
    const { lanOperator } = facts;
    if (judgement.reasonCode !== 'no-record' || lanOperator === undefined) return judgement;
    return {
      ...judgement,
      reasonCode: 'only-configured',
      reasonArgs: { operator: lanOperator.by, basis: lanOperator.basis },
    };
  },
};
