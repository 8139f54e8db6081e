import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../architecture/source-files.ts';

export const rulesFolder = join(root, 'dashboards/prometheus/rules');
export const casesFolder = join(rulesFolder, 'tests');

export interface Rule {
  /** Of the file without its ending, e.g. `recording`. */
  file: string;
  name: string;
  isAlert: boolean;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

interface RuleText {
  record?: string;
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Every recording and alerting rule that is shipped. */
export function readRules(): Rule[] {
  return yamlFiles(rulesFolder).flatMap((path) => {
    const { groups } = parse(readFileSync(path, 'utf8')) as { groups: { rules: RuleText[] }[] };
    return groups.flatMap(({ rules }) => rules).map((rule) => ruleOf(basename(path, '.yml'), rule));
  });
}

function ruleOf(file: string, { record, alert, expr, labels = {}, annotations = {} }: RuleText): Rule {
  return { file, name: alert ?? record ?? '', isAlert: alert !== undefined, expr, labels, annotations };
}

/** One case of `promtool test rules`, as far as it is looked at here. */
export interface RuleCase {
  /** The files of rules that it loads, as `Rule.file` names them. */
  files: string[];
  alerts: { alertname: string; exp_alerts?: unknown[] }[];
  expressions: { expr: string; exp_samples?: unknown[] }[];
}

interface CaseText {
  alert_rule_test?: RuleCase['alerts'];
  promql_expr_test?: RuleCase['expressions'];
}

export function readCases(): RuleCase[] {
  return yamlFiles(casesFolder).flatMap((path) => {
    const { rule_files, tests } = parse(readFileSync(path, 'utf8')) as { rule_files: string[]; tests: CaseText[] };
    return tests.map((test) => ({
      files: rule_files.map((file) => basename(file, '.yml')),
      alerts: test.alert_rule_test ?? [],
      expressions: test.promql_expr_test ?? [],
    }));
  });
}

/** Paths of the YAML files of a folder, sorted. */
export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .toSorted()
    .map((name) => join(folder, name));
}

/**
 * One sentence for each rule that no case proves: an alert must be seen firing and seen not firing, a recording rule must
 * be seen with samples.
 */
export function unprovenRules(rules: readonly Rule[], cases: readonly RuleCase[]): string[] {
  return rules.flatMap((rule) => {
    const own = cases.filter(({ files }) => files.includes(rule.file));
    return rule.isAlert ? unprovenAlert(rule, own) : unprovenRecord(rule, own);
  });
}

/** An alert is looked at by itself, with its texts, or by what Prometheus keeps of it in ALERTS. */
function unprovenAlert({ file, name, expr }: Rule, cases: readonly RuleCase[]): string[] {
  const byName = cases.flatMap(({ alerts }) => alerts).filter(({ alertname }) => alertname === name);
  const kept = cases.flatMap(({ expressions }) => expressions).filter((each) => each.expr.includes(`"${name}"`));
  const firingCounts = [
    ...byName.map(({ exp_alerts = [] }) => exp_alerts.length),
    ...kept.map(({ exp_samples = [] }) => exp_samples.length),
  ];
  return [
    ...(firingCounts.some((count) => count > 0) ? [] : [`${file}: no case shows ${name} firing.`]),
    ...(firingCounts.includes(0) || expr === alwaysFiring ? [] : [`${file}: no case shows ${name} not firing.`]),
  ];
}

/** Of Watchdog, which is heard as long as everything works. */
const alwaysFiring = 'vector(1)';

function unprovenRecord({ file, name }: Rule, cases: readonly RuleCase[]): string[] {
  const looks = cases.flatMap(({ expressions }) => expressions).filter(({ expr }) => expr.includes(name));
  return looks.some(({ exp_samples = [] }) => exp_samples.length > 0) ? [] : [`${file}: no case shows ${name}.`];
}
