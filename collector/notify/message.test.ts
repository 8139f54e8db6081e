import { describe, expect, it } from 'vitest';
import { grades, type VerdictStatus } from '../../shared/states.ts';
import { renderMessage } from './message.ts';
import type { Notice } from './notice.ts';
import { sampleNotice, sampleOpenedAtMs } from './notify-test-notice.ts';

const resolvedIncident: Notice['incident'] = {
  id: 'inc-0042',
  kind: 'backup',
  severity: 'critical',
  cause: 'backup-too-old',
  sinceMs: sampleOpenedAtMs,
  resolvedAtMs: sampleOpenedAtMs + 192 * 60_000,
};
const resolvedNotice: Partial<Notice> = {
  event: 'resolved',
  incident: resolvedIncident,
  obligation: { id: 'backup-in-pusat-data', title: 'Pencadangan data ke Pusat Data', status: 'compliant' },
  reason: 'Cadangan baru telah diterima.',
  details: [],
};

describe('renderMessage', () => {
  it('tells of an opened incident in Indonesian', () => {
    const { subject, text } = renderMessage(sampleNotice());

    expect(subject).toMatchInlineSnapshot(
      `"[Pantau] Indikasi pelanggaran: Pencadangan data ke Pusat Data (Basis data SIMPUS, Dinas Kesehatan)"`,
    );
    expect(text).toMatchInlineSnapshot(`
      "INDIKASI PELANGGARAN: Pencadangan data ke Pusat Data

      Pemerintah Daerah : Kabupaten Lebong
      Perangkat Daerah  : Dinas Kesehatan
      Objek             : Basis data SIMPUS
      Status            : Indikasi pelanggaran
      Tingkat           : Kritis
      Sejak             : Sabtu, 21 November 2026 pukul 02.00 WIB
      Dasar hukum       : Pasal 19 ayat (1) Peraturan Bupati Lebong Nomor 22 Tahun 2022

      Uraian:
      Cadangan terbaru berumur 31 jam, melampaui batas 24 jam ditambah tenggang 6 jam (bawaan aplikasi).

      Keterangan:
      Pencadangan terakhir : Kamis, 19 November 2026 pukul 19.00 WIB
      Ukuran               : 1,2 GB

      Mohon ditindaklanjuti oleh: Dinas Kesehatan
      - Rina Wulandari (Pengelola SIMPUS), telepon 0812-0000-1234, surel rina@dinkes.example
      - Joko Susilo

      Nomor insiden: inc-0042
      Pesan otomatis dari Pantau, mohon tidak membalas langsung.
      "
    `);
  });

  it('tells of a resolved incident in Indonesian', () => {
    const { subject, text } = renderMessage(sampleNotice(resolvedNotice));

    expect(subject).toMatchInlineSnapshot(
      `"[Pantau] Pulih: Pencadangan data ke Pusat Data (Basis data SIMPUS, Dinas Kesehatan)"`,
    );
    expect(text).toMatchInlineSnapshot(`
      "PULIH: Pencadangan data ke Pusat Data

      Pemerintah Daerah : Kabupaten Lebong
      Perangkat Daerah  : Dinas Kesehatan
      Objek             : Basis data SIMPUS
      Status            : Pulih
      Sejak             : Sabtu, 21 November 2026 pukul 02.00 WIB
      Pulih pada        : Sabtu, 21 November 2026 pukul 05.12 WIB
      Durasi            : 3 jam 12 menit
      Dasar hukum       : Pasal 19 ayat (1) Peraturan Bupati Lebong Nomor 22 Tahun 2022

      Uraian:
      Cadangan baru telah diterima.

      Penanggung jawab: Dinas Kesehatan
      - Rina Wulandari (Pengelola SIMPUS), telepon 0812-0000-1234, surel rina@dinkes.example
      - Joko Susilo

      Nomor insiden: inc-0042
      Pesan otomatis dari Pantau, mohon tidak membalas langsung.
      "
    `);
  });

  it('tells of an opened incident in English', () => {
    const { subject, text } = renderMessage(
      sampleNotice({
        language: 'en',
        timezone: 'Asia/Makassar',
        reason: 'The router of the office did not answer three times in a row.',
        obligation: { id: 'wan-reachable', title: 'WAN reachability', status: 'breached', grade: 'violation' },
        subject: { kind: 'site', id: 'kantor', name: 'Dinas Kesehatan' },
        citation: {
          regulation: 'Peraturan Bupati Lebong Nomor 22 Tahun 2022',
          pasal: '21',
          ayat: '5',
          huruf: 'a',
        },
        details: [{ label: 'Packet loss', value: '100%' }],
        owner: { name: 'Diskominfo', contacts: [] },
      }),
    );

    expect(subject).toMatchInlineSnapshot(`"[Pantau] Violation: WAN reachability (Dinas Kesehatan)"`);
    expect(text).toMatchInlineSnapshot(`
      "VIOLATION: WAN reachability

      Local government : Kabupaten Lebong
      Department       : Dinas Kesehatan
      Site             : Dinas Kesehatan
      Status           : Violation
      Severity         : Critical
      Since            : Saturday, 21 November 2026 at 03:00 WITA
      Legal basis      : Pasal 21 ayat (5) huruf a Peraturan Bupati Lebong Nomor 22 Tahun 2022

      Description:
      The router of the office did not answer three times in a row.

      Details:
      Packet loss : 100%

      Action requested from: Diskominfo
      No contact is set in the configuration of Pantau.

      Incident: inc-0042
      Automatic message from Pantau, please do not reply.
      "
    `);
  });

  it('begins with what is wrong, where that is known in a few words, and names the duty below', () => {
    const wanDown: Partial<Notice> = {
      headline: 'WAN terputus',
      subject: { kind: 'site', id: 'kantor', name: 'kantor' },
      obligation: {
        id: 'wan',
        title: 'WAN berfungsi sampai router Perangkat Daerah',
        status: 'breached',
        grade: 'finding',
      },
    };
    const { subject, text } = renderMessage(sampleNotice(wanDown));

    expect(subject).toBe('[Pantau] Temuan: WAN terputus (kantor, Dinas Kesehatan)');
    expect(text).toMatch(/^TEMUAN: WAN terputus\n/);
    expect(text).toContain('\nLokasi            : kantor\n');
    expect(text).toContain('\nKewajiban         : WAN berfungsi sampai router Perangkat Daerah\n');
    expect(renderMessage(sampleNotice({ ...wanDown, event: 'changed' })).subject).toBe(
      '[Pantau] Temuan (gangguan berubah): WAN terputus (kantor, Dinas Kesehatan)',
    );
  });

  it('calls the duty that is met again when it is over, not what was wrong', () => {
    const over = sampleNotice({ ...resolvedNotice, headline: 'WAN terputus' });
    const { subject, text } = renderMessage(over);

    expect(subject).toBe('[Pantau] Pulih: Pencadangan data ke Pusat Data (Basis data SIMPUS, Dinas Kesehatan)');
    expect(text).toMatch(/^PULIH: Pencadangan data ke Pusat Data\n/);
    expect(text).not.toContain('Kewajiban');
  });

  it('tells of a resolved incident in English', () => {
    const { subject, text } = renderMessage(
      sampleNotice({ ...resolvedNotice, language: 'en', reason: 'A new backup arrived.' }),
    );

    expect(subject).toMatchInlineSnapshot(
      `"[Pantau] Resolved: Pencadangan data ke Pusat Data (Basis data SIMPUS, Dinas Kesehatan)"`,
    );
    expect(text).toMatchInlineSnapshot(`
      "RESOLVED: Pencadangan data ke Pusat Data

      Local government : Kabupaten Lebong
      Department       : Dinas Kesehatan
      Subject          : Basis data SIMPUS
      Status           : Resolved
      Since            : Saturday, 21 November 2026 at 02:00 WIB
      Resolved at      : Saturday, 21 November 2026 at 05:12 WIB
      Duration         : 3 hours 12 minutes
      Legal basis      : Pasal 19 ayat (1) Peraturan Bupati Lebong Nomor 22 Tahun 2022

      Description:
      A new backup arrived.

      Responsible: Dinas Kesehatan
      - Rina Wulandari (Pengelola SIMPUS), phone 0812-0000-1234, e-mail rina@dinkes.example
      - Joko Susilo

      Incident: inc-0042
      Automatic message from Pantau, please do not reply.
      "
    `);
  });

  it.each([
    ['violation', 'Pelanggaran', 'Violation'],
    ['indication', 'Indikasi pelanggaran', 'Indication of a violation'],
    ['finding', 'Temuan', 'Finding'],
    ['note', 'Catatan', 'Note'],
  ] as const)('claims no more than the grade %s', (grade, id, en) => {
    const obligation = { id: 'x', title: 'Kewajiban X', status: 'breached' as const, grade };

    expect(renderMessage(sampleNotice({ obligation })).subject).toMatch(`[Pantau] ${id}: Kewajiban X`);
    expect(renderMessage(sampleNotice({ obligation, language: 'en' })).subject).toMatch(`[Pantau] ${en}: Kewajiban X`);
  });

  it.each(['no-evidence', 'waived', 'compliant', 'not-applicable'] as VerdictStatus[])(
    'does not speak of a breach when the status is %s, whatever grade stands beside it',
    (status) => {
      for (const grade of grades)
        for (const language of ['id', 'en'] as const) {
          const { subject, text } = renderMessage(
            sampleNotice({
              language,
              obligation: { id: 'x', title: 'X', status, grade },
              reason: '-',
            }),
          );

          expect(`${subject}\n${text}`).not.toMatch(/pelanggaran|temuan|catatan|violation|finding|\bnote\b/i);
        }
    },
  );

  it('keeps every value on its own line and free of control and direction characters', () => {
    const hostile = 'a\r\nStatus : Pulih\u202e\u0007\u2028b';
    const { subject, text } = renderMessage(
      sampleNotice({
        reason: hostile,
        perangkatDaerah: { id: 'x', name: hostile },
        details: [{ label: hostile, value: hostile }],
      }),
    );

    // oxlint-disable-next-line no-control-regex -- that is what is looked for
    expect(`${subject}${text.replaceAll('\n', '')}`).not.toMatch(/[\u0000-\u001f\u202e\u2028]/);
    expect(text.split('\n').filter((line) => line.startsWith('Status'))).toEqual([
      'Status            : Indikasi pelanggaran',
    ]);
  });

  it('stays short enough for messaging gateways, dropping details before anything else', () => {
    const long = 'x'.repeat(5000);
    const { text } = renderMessage(
      sampleNotice({
        pemda: long,
        perangkatDaerah: { id: 'x', name: long },
        subject: { kind: 'x', id: 'x', name: long },
        reason: long,
        details: Array.from({ length: 100 }, () => ({ label: long, value: long })),
        citation: { regulation: long, pasal: long, ayat: long, huruf: long },
        owner: {
          name: long,
          contacts: Array.from({ length: 50 }, () => ({ name: long, role: long, phone: long, email: long })),
        },
      }),
    );

    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text).toContain('Nomor insiden: inc-0042');
  });

  it('uses neither emoji nor exclamation marks', () => {
    for (const language of ['id', 'en'] as const)
      for (const event of ['opened', 'changed', 'resolved'] as const)
        expect(renderMessage(sampleNotice({ language, event })).text).not.toMatch(/[!\p{Extended_Pictographic}]/u);
  });

  it('says that another fault has taken the place of the one that was told, and since when', () => {
    const { subject, text } = renderMessage(sampleNotice({ event: 'changed' }));

    expect(subject).toContain('(gangguan berubah)');
    expect(text).toMatch(/^Sejak +: /mu);
    expect(text).not.toContain('Ditutup');
  });

  it.each([
    ['waived', 'Ditutup, dikecualikan dari kewajiban'],
    ['not-applicable', 'Ditutup, tidak lagi berlaku'],
  ] as const)('does not call a duty mended that is %s', (status, claim) => {
    const obligation = { id: 'backup-in-pusat-data', title: 'Pencadangan data ke Pusat Data', status };
    const { subject, text } = renderMessage(sampleNotice({ ...resolvedNotice, obligation }));

    expect(subject).toContain(claim);
    expect(text).toContain('Ditutup pada');
    expect(`${subject}${text}`).not.toMatch(/pulih/i);
  });
});
