import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testConfig } from '../../../test/kit/judging-bench.ts';
import { type Grade, grades } from '../../../shared/states.ts';
import { explainVerdict } from '../explain.ts';
import { type CaseFacts, judgeCase, type Waiver } from '../judge-case.ts';
import { paramsOf } from '../params-of.ts';
import type { Obligation } from '../regulation.ts';
import { regulations } from '../regulations/registry.ts';
import type { Params, Rule } from '../rule.ts';
import { type Asked, anyFactsFor } from './any-facts.test-kit.ts';
import { expectedByRule, reasonsFor } from './expected.test-kit.ts';
import { ruleNamed } from './registry.ts';

/** The most that each verb allows, as the catalogue of provisions has it. */
const mostOf = {
  wajib: 'violation',
  harus: 'violation',
  menjamin: 'finding',
  tugas: 'finding',
  dapat: 'note',
} as const;

/** Grades from the strongest to the weakest: the weakest of all that limit it counts. */
function weakest(...given: (Grade | undefined)[]): Grade {
  return grades[Math.max(...given.map((grade) => (grade === undefined ? 0 : grades.indexOf(grade))))] ?? 'note';
}

const config = testConfig();
const waiver: Waiver = {
  number: '800/1/2026',
  reason: 'Gedung direnovasi',
  until: '2026-12-31',
  reference: { register: 'waiver', entry: 'W1', revision: 1 },
};

const factsMade = new Map<string, Asked[]>();

/** Facts are dear; rules that are shown the same kind share them. */
function madeFor(rule: Rule, params: Params): Asked[] {
  const { topic = '', kind = '' } = params;
  const isShared = rule.subject === 'dataset' || rule.subject === 'site' || rule.subject === 'area';
  const name = isShared ? rule.subject : [rule.name, topic, kind].join(' ');
  const made =
    factsMade.get(name) ?? fc.sample(anyFactsFor(rule, params), { numRuns: madeCount[rule.subject], seed: 26 });
  factsMade.set(name, made);
  return made.map((asked) => ({ ...asked, params: rule.subject === 'area' ? { ...params, ...asked.params } : params }));
}

const madeCount: Record<Rule['subject'], number> = {
  dataset: 1500,
  site: 3000,
  department: 500,
  pemda: 400,
  area: 600,
};

const factsOf = (rule: Rule, facts: object) => ({ [rule.subject]: facts }) as unknown as CaseFacts;

function judge(rule: Rule, obligation: Obligation, asked: Asked, given: Waiver | undefined) {
  const regulation = regulations.find(({ obligations }) => obligations.includes(obligation));
  if (regulation === undefined) throw new Error('a duty of no regulation');
  const judged = { regulation, obligation, rule, pd: 'dinkes', part: undefined, subject: 'dinkes' };
  const options = { params: asked.params, waiver: given, before: undefined, nowMs: asked.nowMs };
  return judgeCase(judged, factsOf(rule, asked.facts), options).verdict;
}

describe.each(regulations.map((regulation) => ({ id: regulation.id, regulation })))('under $id', ({ regulation }) => {
  it.each(regulation.obligations.map((obligation) => [obligation.id, obligation.rule, obligation] as const))(
    '%s (%s) is judged with reasons and grades that it may have, and can be waived',
    (_id, name, obligation) => {
      const rule = ruleNamed(name);
      const expected = expectedByRule[name];
      if (rule === undefined || expected === undefined) throw new Error(`write down what the rule ${name} can say`);
      const seen = new Set<string>();
      for (const asked of madeFor(rule, paramsOf(rule, obligation, config))) {
        const verdict = judge(rule, obligation, asked, undefined);
        seen.add(verdict.status);
        const { status, reasonCode } = verdict;
        if (status === 'waived') throw new Error('nothing waives it');
        expect(reasonsFor(expected, status)).toContain(reasonCode);
        if (status !== 'breached') {
          expect([verdict.grade, verdict.severity]).toEqual([undefined, undefined]);
          expect(judge(rule, obligation, asked, waiver)).toEqual(verdict);
          continue;
        }
        const exceeded = expected.breached[reasonCode]?.split(' ') as Grade[];
        const allowed = exceeded.map((grade) => weakest(grade, mostOf[obligation.modality], obligation.maxGrade));
        expect(allowed).toContain(verdict.grade);

        const waived = judge(rule, obligation, asked, waiver);
        expect(waived).toMatchObject({ status: 'waived', grade: undefined, reasonCode });
        expect(waived.evidence).toEqual([...verdict.evidence, waiver.reference]);
        expect(explainVerdict(waived, rule, { language: 'id', timezone: 'Asia/Jakarta' })).toContain('800/1/2026');
      }
      // Each kind of verdict comes up: the table of reasons is not empty talk.
      const kinds = ['compliant', 'breached', 'no-evidence'].filter((kind) => kind !== cannotComeUp[obligation.id]);
      expect([...seen]).toEqual(expect.arrayContaining(kinds));
    },
  );
});

const cannotComeUp: Readonly<Record<string, string>> = {
  // The made-up websites are those of another Pemda.
  'purbalingga-16-2-subdomain-resmi': 'compliant',
  // Where the office manages its own, data elsewhere break nothing.
  'sigi-11-3-pusat-data-perangkat-daerah': 'breached',
};

it('knows of no rule that no regulation has, but those of areas', () => {
  const used = new Set(regulations.flatMap(({ obligations }) => obligations.map(({ rule }) => rule)));
  const unused = Object.keys(expectedByRule).filter((name) => !used.has(name));

  expect(unused.filter((name) => ruleNamed(name)?.subject !== 'area')).toEqual([]);
});
