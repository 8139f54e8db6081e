import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import type { ApiView } from '../http/resource.ts';
import { reasonOf } from '../http/resources/obligations.ts';
import { formatLocalTime } from '../../shared/local-time.ts';
import type { VerdictStatus } from '../../shared/states.ts';
import { nameOfCitation } from '../obligations/citation.ts';
import type { VerdictRow } from '../store/rows.ts';
import { escapeHtml } from './escape-html.ts';

const words = {
  id: {
    duties: 'Kewajiban',
    nodes: 'Server yang dipantau',
    department: 'Perangkat Daerah',
    duty: 'Kewajiban',
    basis: 'Dasar',
    status: 'Status',
    reason: 'Keterangan',
    node: 'Server',
    lastReport: 'Laporan terakhir',
    heard: 'Melapor',
    silent: 'Tidak diketahui',
    never: 'belum pernah',
    more: 'baris lainnya tersedia melalui API.',
    compliant: 'Patuh',
    breached: 'Melanggar',
    'no-evidence': 'Belum ada bukti',
    'not-applicable': 'Tidak berlaku',
    waived: 'Dikecualikan dari kewajiban',
    violation: 'pelanggaran',
    indication: 'indikasi pelanggaran',
    finding: 'temuan',
    note: 'catatan',
  },
  en: {
    duties: 'Duties',
    nodes: 'Servers watched',
    department: 'Department',
    duty: 'Duty',
    basis: 'Basis',
    status: 'Status',
    reason: 'Reason',
    node: 'Server',
    lastReport: 'Last report',
    heard: 'Reporting',
    silent: 'Unknown',
    never: 'never',
    more: 'more rows are in the API.',
    compliant: 'Compliant',
    breached: 'Breached',
    'no-evidence': 'No evidence yet',
    'not-applicable': 'Not applicable',
    waived: 'Waived',
    violation: 'violation',
    indication: 'indication of a violation',
    finding: 'finding',
    note: 'note',
  },
} as const;

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2733}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d7dee5;vertical-align:top}
.compliant,.up{color:#0b6b3a}.breached{color:#b3261e;font-weight:600}.no-evidence,.unknown{color:#7a5b00}
@media (max-width:50rem){table,tbody,tr,td{display:block}thead{display:none}tr{padding:.5rem 0}}`;

/** More than anybody reads; a page of ten thousand rows would keep the process from its work. */
const shownRowCount = 300;
const urgency: readonly VerdictStatus[] = ['breached', 'no-evidence', 'waived', 'compliant', 'not-applicable'];

function andMore(count: number, text: string): string {
  return count > shownRowCount ? `<p>${count - shownRowCount} ${text}</p>` : '';
}

/** The first page that a browser shows: what holds, what does not, and since when. No script, nothing from outside. */
export function overviewPage(view: ApiView): string {
  const { config } = view;
  const word = words[config.language];
  const duties = view.judging.verdicts().toSorted((a, b) => urgency.indexOf(a.status) - urgency.indexOf(b.status));
  const nodes = [...view.fleet.agents()];
  const title = `Pantau · ${config.pemda.name}`;
  return `<!doctype html><html lang="${config.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="30">
<title>${escapeHtml(title)}</title><style>${style}</style></head><body><h1>${escapeHtml(title)}</h1>
<h2>${word.duties}</h2>${table(
    [word.department, word.duty, word.basis, word.status, word.reason],
    duties.slice(0, shownRowCount).map((verdict) => dutyRow(view, verdict)),
  )}${andMore(duties.length, word.more)}
<h2>${word.nodes}</h2>${table([word.department, word.node, word.status, word.lastReport], nodeRows(view, nodes.slice(0, shownRowCount)))}${andMore(nodes.length, word.more)}
<p>${formatLocalTime(view.nowMs, config.timezone, config.language)}</p></body></html>`;
}

interface Cell {
  text: string;
  kind?: string;
}

function dutyRow(view: ApiView, verdict: VerdictRow): Cell[] {
  const { config, judging } = view;
  const word = words[config.language];
  const judged = judging.caseOf(verdict);
  const citation = judged?.obligation.citation;
  const basis = [citation === undefined ? 'Pasal ?' : nameOfCitation(citation), judged?.regulation.shortTitle ?? ''];
  const grade = verdict.grade === undefined ? '' : ` (${word[verdict.grade]})`;
  return [
    { text: pdName(view, verdict.pd) },
    {
      text: [judged?.obligation.title[config.language] ?? verdict.obligation, judged?.part ?? '']
        .filter(Boolean)
        .join(': '),
    },
    { text: basis.filter(Boolean).join(' ') },
    { text: `${word[verdict.status]}${grade}`, kind: verdict.status },
    { text: reasonOf(view, verdict) },
  ];
}

function nodeRows(view: ApiView, nodes: readonly AgentFacts[]): Cell[][] {
  const { config } = view;
  const word = words[config.language];
  return nodes.map((agent) => {
    const fresh = isFresh(agent, view.nowMs);
    const takenAtMs = agent.present?.takenAtMs;
    return [
      { text: pdName(view, agent.row.pd) },
      { text: agent.row.node },
      { text: fresh ? word.heard : word.silent, kind: fresh ? 'up' : 'unknown' },
      { text: takenAtMs === undefined ? word.never : formatLocalTime(takenAtMs, config.timezone, config.language) },
    ];
  });
}

function pdName(view: ApiView, id: string): string {
  return view.config.perangkatDaerah.find((pd) => pd.id === id)?.name ?? id;
}

function table(heads: string[], rows: Cell[][]): string {
  const head = heads.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  const body = rows
    .map(
      (row) => `<tr>${row.map(({ text, kind }) => `<td class="${kind ?? ''}">${escapeHtml(text)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
