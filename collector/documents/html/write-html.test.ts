import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import type { Block } from '../document.ts';
import { sampleBlocks, sampleDocument } from '../sample.test-kit.ts';
import { writeHtml } from './write-html.ts';

const browser = needs({ tools: ['chromium', 'pdftotext'] });

/** What a real browser prints, page by page. */
function printed(html: string): string[] {
  const folder = temporaryFolder();
  const [page, pdf] = [join(folder, 'a.html'), join(folder, 'a.pdf')];
  writeFileSync(page, html);
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-pdf-header-footer',
    '--disable-background-networking',
  ];
  const places = [`--user-data-dir=${join(folder, 'profile')}`, `--print-to-pdf=${pdf}`, pathToFileURL(page).href];
  execFileSync('chromium', [...options, ...places], { stdio: 'ignore', timeout: 60_000 });
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: readFileSync(pdf), encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

describe('writeHtml', () => {
  it.skipIf(!browser.ok)(`prints with a browser as it is meant ${browser.reason}`, { timeout: 90_000 }, () => {
    const pages = printed(writeHtml({ ...sampleDocument(), isDraft: false }));

    expect(pages[0]).toMatch(/PEMERINTAH KABUPATEN LEBONG\n.*DINAS KOMUNIKASI, INFORMATIKA, STATISTIK DAN PERSANDIAN/);
    expect(pages[0]).toContain('1. Peraturan Bupati Lebong Nomor 22 Tahun 2022');
    expect(pages[0]).toMatch(/Perangkat Daerah +: +Dinas Kesehatan/);
    const whole = pages.join('\n');
    expect(new Set(whole.match(/Dinas Contoh Nomor \d+/g)).size).toBe(60);
    expect(whole.match(/Pasal 19 ayat \(1\)/g)).toHaveLength(60);
    // The head of the table stands again wherever rows go on.
    const withRows = pages.filter((page) => page.includes('Dinas Contoh Nomor'));
    for (const page of withRows) expect(page).toMatch(/No +Perangkat Daerah +Pasal +Status +Nilai/);
    pages.forEach((page, index) => expect(page).toMatch(new RegExp(` ${index + 1} ?/ ?${pages.length}\\n*$`)));
  });

  it('holds nothing that is loaded or runs, and no text from outside is markup', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)> & \u0000';
    const blocks = sampleBlocks().map((block): Block => replaceTexts(block, evil) as Block);
    const html = writeHtml({ ...sampleDocument(blocks), title: evil, footer: evil });

    expect(html).not.toMatch(/<(script|img|link|iframe|object|a)\b/i);
    const attributes = [...html.matchAll(/<[a-z][^>]*>/gi)].flatMap(([tag]) =>
      [...tag.replace(/"[^"]*"/g, '""').matchAll(/ ([\w:-]+)=/g)].map(([, name]) => name),
    );
    expect(attributes.filter((name) => /^(src|href|style|on.*|xlink.*|data.*)$/i.test(name ?? ''))).toEqual([]);
    expect(html).not.toContain('\u0000');
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain(`content="default-src 'none';`);
  });
});

/** Every text of a block that people wrote, replaced; words that the program chooses stay. */
function replaceTexts(value: unknown, text: string, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => replaceTexts(each, text, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaceTexts(each, text, name)]));
  }
  return typeof value === 'string' && !['kind', 'align', 'colour', 'svg'].includes(key) ? text : value;
}
