import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anIncident } from '../../test/kit/an-incident.ts';
import { configText } from '../../test/kit/config-text.ts';
import { enrolAll, storeFile } from '../../test/kit/store-file.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { needs } from '../../test/requirements.ts';
import type { IncidentEventRow, IncidentRow } from '../store/incident-rows.ts';
import type { VerdictRow } from '../store/rows.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

const poppler = needs({ tools: ['pdftotext'] });
const sinceMs = Date.parse('2026-11-22T03:00:00Z');
const duty = 'lebong-19-1-pencadangan-berkala';

const agent = testAgent({ key: 1, node: 'srv-01' });
const overdue: VerdictRow = {
  obligation: duty,
  subject: 'dinkes/simpus',
  pd: 'dinkes',
  status: 'breached',
  grade: 'indication',
  severity: 'critical',
  reasonCode: 'never-started',
  reasonArgs: { deadlineAtMs: sinceMs },
  sinceMs,
  evidence: [{ agent: agent.id, session: 's', seq: 12 }],
};

/** The data of a collector that is running and has found something. */
async function office(
  verdicts: VerdictRow[] = [overdue],
  regulation = 'lebong-perbup-22-2022',
  patch: Partial<IncidentRow> = {},
  said: Pick<IncidentEventRow, 'event' | 'actor' | 'detail'>[] = [],
) {
  const file = storeFile();
  const folder = dirname(file.path);
  const datasets = [{ id: 'simpus', name: 'SIMPUS', source: { kind: 'vault' } }];
  writeFileSync(join(folder, 'pantau.yaml'), configText({ regulations: [regulation], datasets }));
  await enrolAll(file.store, [agent], sinceMs);
  const incidents = [anIncident('INS-7', { sinceMs, openedAtMs: sinceMs + 60_000, ...patch })];
  const none = { removedVerdicts: [], outbox: [], deadlines: [] };
  const events = said.map((each, index) => ({ ...each, incident: 'INS-7', atMs: sinceMs + index }));
  await file.store.saveJudgement({ ...none, verdicts, incidents, events, atMs: sinceMs });
  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder },
      workingFolder: folder,
    };
    const code = await dispatch(['letter', ...args], { commands, version: '1', io });
    return { code, stdout, stderr };
  };
  return { folder, run };
}

const wordsOf = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });

describe('pantau-collector letter', () => {
  it.skipIf(!poppler.ok)(`drafts a notice beside a collector that is running ${poppler.reason}`, async () => {
    const { folder, run } = await office();
    const { code, stdout, stderr } = await run('surat-pemberitahuan', '--pd', 'dinkes', '--format', 'pdf,html');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = stdout.trim().split('\n');
    expect(files.map((file) => basename(file))).toEqual([
      'surat-pemberitahuan-dinkes.pdf',
      'surat-pemberitahuan-dinkes.html',
    ]);
    const text = wordsOf(files[0] ?? '');
    expect(text).toContain('DINAS KOMUNIKASI DAN INFORMATIKA');
    expect(text).toMatch(/Hal +: +Pemberitahuan Hasil Pemantauan Pencadangan Data/);
    expect(text).toContain('Kepala Dinas Kesehatan');
    expect(text).toContain('Pasal 19');
    expect(text.replace(/\s+/g, ' ')).toContain('Belum pernah ada');
    expect(text).toContain('Indikasi');
    expect(text).toMatch(/srv-01\s+nomor 12|laporan srv-01/);
    expect(readFileSync(join(folder, 'surat-pemberitahuan-dinkes.html'), 'utf8')).toContain(
      'Narahubung: Petugas Jaga, 0812-0000-0001.',
    );
  });

  it.skipIf(!poppler.ok)(
    `drafts the record of an incident under the name that is asked for ${poppler.reason}`,
    async () => {
      const { folder, run } = await office();
      const { code, stdout } = await run('berita-acara-gangguan', '--incident', 'INS-7', '--out', 'ba.pdf');
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(folder, 'ba.pdf')}\n` });
      expect(wordsOf(join(folder, 'ba.pdf'))).toMatch(/BERITA ACARA[^]*GANGGUAN PADA DINAS KESEHATAN[^]*PIHAK PERTAMA/);
    },
  );

  it.skipIf(!poppler.ok)(`drafts the written notice that Sigi asks for ${poppler.reason}`, async () => {
    const obligation = 'sigi-11-2-menjaga-ketersediaan-data';
    const statedCause = { code: 'attack' as const, byOtherParty: true, by: 'sari', atMs: sinceMs };
    const { folder, run } = await office([], 'sigi-perbup-27-2019', {
      obligation,
      obligations: [obligation],
      statedCause,
    });
    const { code, stderr } = await run('pemberitahuan-insiden', '--incident', 'INS-7', '--out', 'notice.pdf');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = wordsOf(join(folder, 'notice.pdf'));
    expect(text).toMatch(/Peraturan Bupati Sigi Nomor 27 Tahun 2019[^]*Pasal 18 ayat \(4\)/);
    expect(text).toMatch(/Penyebab +: +serangan siber \(menurut sari\)/);
    expect(text).toMatch(/Walidata: \.+/);
  });

  it('tells which cause was stated, and an end by waiver as what it is', async () => {
    const { folder, run } = await office([], undefined, { state: 'resolved', resolvedAtMs: sinceMs + 120_000 }, [
      { event: 'cause', actor: 'sari', detail: { cause: 'cable-cut', causeBefore: 'x', byOtherParty: false } },
      { event: 'resolved', actor: 'pantau', detail: { status: 'waived', reasonCode: 'x', waiverNumber: '800/12' } },
    ]);
    expect(await run('berita-acara-pemulihan', '--incident', 'INS-7')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'No berita-acara-pemulihan was written: nothing shows that incident INS-7 recovered. Ended because it was waived (number 800/12).\n',
    });
    expect((await run('berita-acara-gangguan', '--incident', 'INS-7', '--out', 'ba.html')).code).toBe(0);
    const text = readFileSync(join(folder, 'ba.html'), 'utf8');
    expect(text).toContain('Penyebab dinyatakan oleh petugas (sari): kabel putus atau vandalisme');
    expect(text).toContain('Berakhir karena dikecualikan (Nomor 800/12)');
    expect(text).not.toContain('Dinyatakan pulih');
  });

  it('keeps each reprimand, and warns that no notice before it is known', async () => {
    const { folder, run } = await office();
    for (const order of ['1', '2']) {
      const { code, stdout, stderr } = await run(
        'surat-teguran',
        '--pd',
        'dinkes',
        '--order',
        order,
        '--format',
        'html',
      );
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${join(folder, `surat-teguran-dinkes-${order}.html`)}\n` });
      expect(stderr).toMatch(/^Pantau knows of .* that was sent before: .* stands since .*22 November 2026/);
    }
  });

  it('says that the subject of an incident is no longer configured', async () => {
    const { run } = await office([], undefined, { subject: 'dinkes/gone' });
    expect((await run('berita-acara-gangguan', '--incident', 'INS-7')).stderr).toBe(
      'The duty or the subject of incident "INS-7" is no longer configured.\n',
    );
  });

  it('writes nothing where the facts bear no letter', async () => {
    const { run } = await office([{ ...overdue, status: 'no-evidence', grade: undefined }]);
    expect(await run('surat-pemberitahuan', '--pd', 'dinkes')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'No surat-pemberitahuan was written: nothing that Dinas Kesehatan must act on is breached, so there is nothing to give notice of.\n',
    });
  });

  it('leaves out what others must mend', async () => {
    const { run } = await office([{ ...overdue, owner: 'diskominfo' }]);
    expect((await run('surat-pemberitahuan', '--pd', 'dinkes')).code).toBe(1);
    expect((await run('pemberitahuan-insiden', '--incident', 'INS-7')).stderr).toMatch(/none of the regulations/);
  });

  it.each([
    [[], 'say which letter: surat-pemberitahuan, '],
    [['surat'], '"surat" is no letter; known: surat-pemberitahuan, '],
    [['surat-teguran'], 'surat-teguran needs --pd ID'],
    [['berita-acara-gangguan', '--incident', 'a', '--pd', 'b'], 'berita-acara-gangguan takes no --pd'],
    [['surat-teguran', '--pd', 'dinkes', '--order', '4'], '--order "4" must be 1, 2 or 3'],
    [['surat-teguran', '--pd', 'dinkes', '--format', 'docx'], '--format "docx" must be pdf, html or pdf,html'],
    [
      ['surat-teguran', '--pd', 'dinkes', '--out', 'a.pdf', '--format', 'html'],
      '--out "a.pdf" takes one form only, which must be pdf',
    ],
    [['surat-teguran', '--pd', 'nowhere'], '--pd "nowhere" is not known; known: diskominfo, dinkes'],
  ])('refuses %j', async (args, message) => {
    const { run } = await office();
    const { code, stderr } = await run(...args);
    expect({ code, stderr: stderr.includes(message) ? message : stderr }).toEqual({ code: 2, stderr: message });
  });

  it('says which folder or incident is not there', async () => {
    const { folder, run } = await office();
    expect((await run('surat-pemberitahuan', '--pd', 'dinkes', '--out', 'nowhere')).stderr).toBe(
      `There is no folder ${join(folder, 'nowhere')} to write into; make it first.\n`,
    );
    expect((await run('berita-acara-gangguan', '--incident', 'X')).stderr).toBe('There is no incident "X".\n');
  });
});
