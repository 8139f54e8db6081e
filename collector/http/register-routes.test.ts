import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { appConfig, appStartsAtMs, bearer, registerDesk, serve } from '../../test/kit/served-app.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { registerKinds } from '../registers/kinds/registry.ts';

const audit = { scope: 'keamanan', date: '2026-10-01', auditor: 'BSSN', auditorKind: 'eksternal' };
const lost = { kind: 'insiden', date: '2026-11-22', recipient: 'BSSN', incident: 'INC-20261122-7K3QMX' };
const lostFile = 'kind;date;recipient;incident\r\ninsiden;2026-11-22;BSSN;INC-20261122-7K3QMX\r\n';
const kept = {
  pd: null,
  values: audit,
  attachments: [],
  enteredAt: '2026-11-22T10:00:00.000+07:00',
  enteredBy: 'admin',
};

interface Entry {
  id: string;
  revision: number;
}

async function served(agents = [testAgent({ key: 1 })]) {
  const bench = await judgingBench({ config: appConfig, agents, startsAtMs: appStartsAtMs });
  const folder = temporaryFolder();
  const { url } = await serve(bench, { desk: registerDesk(bench, folder) });
  const ask = (method: string, path: string, body?: string | Uint8Array | object, headers: object = bearer) =>
    fetch(`${url}/api/v1/registers${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: sent(body) }),
    });
  const answer = async (method: string, path: string, body?: string | Uint8Array | object) => {
    const response = await ask(method, path, body);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const make = async (values: object = audit) => (await answer('POST', '/audit', { values })).body as unknown as Entry;
  return { bench, folder, ask, answer, make };
}

function sent(body: string | Uint8Array | object): string | Buffer {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body);
}

describe('registers over HTTP', () => {
  it('are listed with their columns, for operators only', async () => {
    const { answer, ask, make } = await served();
    await make();
    const { body } = await answer('GET', '');
    const items = body['items'] as { name: string; entryCount: number }[];

    expect(items.map(({ name }) => name)).toEqual(registerKinds.map(({ name }) => name));
    expect(items.find(({ name }) => name === 'audit')).toMatchObject({ entryCount: 1, pd: 'optional' });
    for (const path of ['', '/audit', '/audit/export', '/audit/REG-1/history']) {
      expect((await ask('GET', path, undefined, {})).status).toBe(401);
    }
    expect((await ask('POST', '/audit', { values: audit }, {})).status).toBe(401);
  });

  it('take an entry, change it from the revision that was read, and keep every state of it', async () => {
    const { answer, ask, make } = await served();
    const { id } = await make();
    expect(id).toMatch(/^REG-20261122-[0-9A-Z]{8}$/);
    const changed = await answer('POST', '/audit', {
      id,
      revision: 1,
      pd: 'dinkes',
      values: { ...audit, result: 'Baik' },
    });
    expect(changed).toMatchObject({ status: 200, body: { id, revision: 2, pd: 'dinkes' } });

    const again = await answer('POST', '/audit', { id, revision: 1, values: audit });
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:pantau:problem:changed-meanwhile' } });
    expect(await answer('POST', '/audit', { id, values: audit })).toMatchObject({
      status: 422,
      body: { field: '/revision' },
    });

    expect((await answer('DELETE', `/audit/${id}?revision=1`)).status).toBe(409);
    expect((await ask('DELETE', `/audit/${id}?revision=2`)).status).toBe(204);
    expect((await answer('GET', `/audit/${id}`)).status).toBe(404);
    const history = (await answer('GET', `/audit/${id}/history`)).body['items'];
    expect(history).toEqual([
      { ...kept, revision: 1, removed: false },
      { ...kept, revision: 2, removed: false, pd: 'dinkes', values: { ...audit, result: 'Baik' } },
      { ...kept, revision: 3, removed: true, pd: 'dinkes', values: { ...audit, result: 'Baik' } },
    ]);
  });

  it('show pages of entries, of one department when asked', async () => {
    const { answer, make } = await served();
    const first = await make();
    await answer('POST', '/audit', { pd: 'dinkes', values: audit });

    expect((await answer('GET', '/audit?limit=1')).body).toEqual({ items: [{ ...kept, ...first }], totalCount: 2 });
    expect((await answer('GET', '/audit?pd=dinkes')).body).toMatchObject({ items: [{ pd: 'dinkes' }], totalCount: 1 });
    expect(await answer('GET', '/audit?pd=dinkez')).toMatchObject({ status: 422, body: { field: 'pd' } });
  });

  it('take an entry as JSON only, and nothing of one that is too large', async () => {
    const { ask, answer } = await served();
    const response = await ask('POST', '/audit', { values: audit }, { ...bearer, 'content-type': 'text/plain' });
    expect([response.status, await response.json()]).toEqual([
      415,
      expect.objectContaining({ type: 'urn:pantau:problem:unsupported-media-type' }),
    ]);
    expect((await answer('POST', '/audit', { values: { ...audit, result: 'x'.repeat(300_000) } })).status).toBe(413);

    expect((await answer('GET', '/audit')).body).toMatchObject({ totalCount: 0 });
  });

  it.each([
    ['GET', '/audits', undefined, 404, 'There is no register "audits"; did you mean "audit"?'],
    ['GET', '/audit/REG-1', undefined, 404, 'The register audit has no entry "REG-1".'],
    ['POST', '/audit', { values: { ...audit, date: '31/02/2026' } }, 422, 'date: "31/02/2026" is no day'],
    ['POST', '/audit', { values: audit, actor: 'x' }, 422, ''],
    ['POST', '/audit', { values: { ...audit, auditor: true } }, 422, '/values/auditor'],
    ['POST', '/audit', '{"values":', 400, 'The request cannot be read.'],
    ['POST', '/audit', { values: { ...audit, result: 'x'.repeat(300_000) } }, 413, 'The body is too large.'],
    ['POST', '/audit', { values: audit, attachments: ['0'.repeat(64)] }, 422, 'upload the file first'],
    ['POST', '/report', { values: lost }, 422, 'incident: there is no incident "INC-20261122-7K3QMX".'],
    ['POST', '/report/import?apply=true', lostFile, 422, 'row 2, column incident: there is no incident'],
    ['GET', '/audit/export?format=pdf', undefined, 422, 'format must be csv or xlsx.'],
    ['POST', '/audit/import?apply=yes', 'x', 422, 'apply must be true or false.'],
    ['DELETE', '/audit/REG-1', undefined, 422, 'Send the revision'],
  ])('answer a problem: %s %s', async (method, path, body, status, detail) => {
    const { answer } = await served();
    const found = await answer(method, path, body);
    expect(found).toMatchObject({ status, body: { detail: expect.stringContaining(detail) } });
  });
});

describe('files of registers over HTTP', () => {
  it('go out, come back changed, and are looked at before they change anything', async () => {
    const { bench, ask, answer, make } = await served();
    const { id } = await make();
    const csv = await (await ask('GET', '/audit/export?format=csv')).text();
    const edited = csv.replace('BSSN', 'Badan Siber') + ';;;Infrastruktur;2/11/2026;Inspektorat;Internal\r\n';
    const look = await answer('POST', '/audit/import', edited);
    const result = {
      createdCount: 1,
      changedCount: 1,
      unchangedCount: 0,
      problemCount: 0,
      problems: [],
      lines: [
        { row: 2, entry: id, outcome: 'changed', columns: ['auditor'] },
        { row: 3, entry: expect.stringMatching(/^REG-/) as string, outcome: 'created', columns: [] },
      ],
    };
    expect(look.body).toEqual({ isApplied: false, ...result });
    expect(bench.registers.entries('audit')).toHaveLength(1);

    expect((await answer('POST', '/audit/import?apply=true', edited)).body).toEqual({ isApplied: true, ...result });
    expect(bench.registers.entries('audit').map(({ values }) => values)).toEqual([
      { ...audit, auditor: 'Badan Siber' },
      { scope: 'infrastruktur', date: '2026-11-02', auditor: 'Inspektorat', auditorKind: 'internal' },
    ]);
    // The same file once more: its first row was exported before the change.
    const again = await answer('POST', '/audit/import?apply=true', edited);
    expect(again).toMatchObject({
      status: 422,
      body: { problemCount: 1, problems: [{ row: 2, column: 'revision' }], field: '/2/revision' },
    });
  });

  it('that lack columns are told every one, and change nothing', async () => {
    const { bench, answer } = await served();
    const found = await answer(
      'POST',
      '/audit/import?apply=true',
      'Cakupan;Tgl;Auditor\r\nKeamanan;2026-10-01;BSSN\r\n',
    );

    expect(found).toMatchObject({
      status: 422,
      body: {
        problems: [
          { row: 1, column: 'Tgl', message: expect.stringContaining('audit has no such column') as string },
          { row: 1, column: 'date', message: 'the file has no column "Tanggal"; an entry needs it' },
          { row: 1, column: 'auditorKind', message: 'the file has no column "Jenis Auditor"; an entry needs it' },
        ],
      },
    });
    expect(bench.registers.entries('audit')).toEqual([]);
  });

  it('are workbooks for whoever asks for nothing else, with a name to be saved under', async () => {
    const { ask, answer, make } = await served();
    await make();
    const response = await ask('GET', '/audit/export');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="audit.xlsx"; filename*=UTF-8''audit.xlsx`,
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect((await answer('POST', '/audit/import', bytes)).body).toMatchObject({ unchangedCount: 1, problemCount: 0 });
    const template = new Uint8Array(await (await ask('GET', '/audit/template')).arrayBuffer());
    expect((await answer('POST', '/audit/import', template)).body).toMatchObject({ createdCount: 0, problemCount: 0 });
  });

  it('propose hardware for machines that report, once', async () => {
    const { bench, answer } = await served();
    const values = { node: 'server-1', name: 'server-1', kind: 'server', site: 'kantor' };
    expect((await answer('POST', '/hardware/seed')).body).toEqual({
      isApplied: false,
      entries: [{ pd: 'dinkes', values }],
      knownCount: 0,
    });
    expect(bench.registers.entries('hardware')).toEqual([]);
    await answer('POST', '/hardware/seed?apply=true');
    expect(bench.registers.entries('hardware')).toMatchObject([{ pd: 'dinkes', values, enteredBy: 'admin' }]);
    expect((await answer('POST', '/hardware/seed?apply=true')).body).toMatchObject({ entries: [], knownCount: 1 });
  });
});

describe('attachments over HTTP', () => {
  const bytes = randomBytes(100_000);
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  it('come back as they were, to be saved and never to be shown', async () => {
    const { folder, ask, answer, make } = await served();
    const { id } = await make();
    const path = `/audit/${id}/attachments`;
    const name = encodeURIComponent('../../rahasia/laporan "é".html');
    expect(await answer('POST', `${path}?name=${name}`, bytes)).toEqual({
      status: 201,
      body: { sha256, name: 'laporan "é".html', sizeBytes: 100_000 },
    });
    expect((await answer('GET', `/audit/${id}`)).body).toMatchObject({ revision: 2, attachments: [sha256] });
    const response = await ask('GET', `${path}/${sha256}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="laporan ___.html"; filename*=UTF-8''laporan%20%22%C3%A9%22.html`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect(readdirSync(join(folder, 'attachments'))).toEqual([sha256]);
    expect(statSync(join(folder, 'attachments', sha256)).mode & 0o777).toBe(0o600);
  });

  it('are given to nobody when they are not what they were', async () => {
    const { folder, answer, make } = await served();
    const { id } = await make();
    await answer('POST', `/audit/${id}/attachments`, bytes);
    writeFileSync(join(folder, 'attachments', sha256), 'other');
    const path = `/audit/${id}/attachments`;
    expect(await answer('GET', `${path}/${sha256}`)).toMatchObject({
      status: 500,
      body: { type: 'urn:pantau:problem:attachment-damaged' },
    });
    expect((await answer('GET', `${path}/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await answer('GET', `${path}/..%2F..%2Fpantau.db`)).status).toBe(404);
  });

  it('are refused when they are empty or too large', async () => {
    const { answer, make } = await served();
    const { id } = await make();
    expect((await answer('POST', `/audit/${id}/attachments`, Buffer.alloc(0))).status).toBe(422);
    expect((await answer('POST', `/audit/${id}/attachments`, Buffer.alloc(20 * 1024 * 1024 + 1))).status).toBe(413);
  });
});
