import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { sampleDocument } from './sample.test-kit.ts';
import { documentFormats, writeDocument } from './write-document.ts';

describe('writeDocument', () => {
  it('writes a file of each form, for the office only', async () => {
    const folder = temporaryFolder();
    const { files } = await writeDocument(sampleDocument(), folder, documentFormats, 0);

    expect(files.map((file) => basename(file))).toEqual([
      'laporan-contoh-2026-10.pdf',
      'laporan-contoh-2026-10.html',
      'laporan-contoh-2026-10.xlsx',
    ]);
    expect(files.map((file) => readFileSync(file, 'latin1').slice(0, 4))).toEqual(['%PDF', '<!do', 'PK\u0003\u0004']);
    expect(files.map((file) => statSync(file).mode & 0o007)).toEqual([0, 0, 0]);
  });

  it('writes no workbook for a document without tables', async () => {
    const folder = temporaryFolder();
    const document = { ...sampleDocument(), sheets: [] };
    expect(await writeDocument(document, folder, ['xlsx', 'html'], 0)).toEqual({
      files: [join(folder, `${document.name}.html`)],
      failures: [],
    });
  });

  it('writes the other forms where one fails, and says which and why', async () => {
    const folder = temporaryFolder();
    const document = sampleDocument();
    mkdirSync(join(folder, `${document.name}.pdf`));

    const { files, failures } = await writeDocument(document, folder, documentFormats, 0);

    expect(files).toEqual(['html', 'xlsx'].map((format) => join(folder, `${document.name}.${format}`)));
    expect(failures).toEqual([{ format: 'pdf', reason: expect.stringContaining('EISDIR') }]);
  });

  it('fails where no form can be written', async () => {
    const folder = join(temporaryFolder(), 'absent');
    await expect(writeDocument(sampleDocument(), folder, ['html', 'xlsx'], 0)).rejects.toThrow('ENOENT');
  });
});
