import { describe, expect, it } from 'vitest';
import type { InventoryRow } from '../inventory-rows.ts';
import { look, tree, webRoot } from './tree.test-kit.ts';

const debianPage = '<html><head><title>Apache2 Debian Default Page: It works</title></head></html>';
const nginxPage = '<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head></html>';
const xamppPage = `<?php header('Location: '.$uri.'/dashboard/'); exit; ?>`;

describe('web roots', () => {
  it.each<[string, Record<string, string>, InventoryRow[]]>([
    [
      'the default pages of a distribution',
      {
        'var/www/html/index.html': debianPage,
        'var/www/html/index.nginx-debian.html': nginxPage,
        'usr/share/nginx/html/index.html': nginxPage,
        'usr/share/nginx/html/50x.html': 'x',
      },
      [],
    ],
    [
      'empty folders',
      { 'var/www/html/': '', 'var/www/kosong/': '', 'srv/www/htdocs/': '', 'home/budi/public_html/cgi-bin/': '' },
      [],
    ],
    ['a site of its own', { 'var/www/html/index.php': '<?php echo 1;' }, [webRoot('html', '/var/www/html')]],
    [
      'a page that mentions a dashboard',
      { 'var/www/html/index.html': '<a href="/dashboard/">Masuk</a>' },
      [webRoot('html', '/var/www/html')],
    ],
    [
      'applications side by side',
      {
        'var/www/html/index.html': debianPage,
        'var/www/html/sikda/index.php': 'x',
        'var/www/html/simpus/app/a.php': 'x',
        'var/www/html/kosong/': '',
      },
      [webRoot('sikda', '/var/www/html/sikda'), webRoot('simpus', '/var/www/html/simpus')],
    ],
    [
      'one application with folders',
      { 'var/www/html/index.php': 'x', 'var/www/html/app/a.php': 'x', 'var/www/html/css/a.css': 'x' },
      [webRoot('html', '/var/www/html')],
    ],
    [
      'virtual hosts',
      { 'var/www/dinkes/public/index.php': 'x', 'var/www/vhosts/dinsos.go.id/httpdocs/index.html': 'x' },
      [webRoot('dinkes', '/var/www/dinkes'), webRoot('dinsos.go.id', '/var/www/vhosts/dinsos.go.id/httpdocs')],
    ],
    ['the old way', { 'var/www/index.php': 'x' }, [webRoot('www', '/var/www')]],
    [
      'homes',
      { 'home/simpus/public_html/index.php': 'x', 'home/simpus/mail/inbox': 'x' },
      [webRoot('simpus', '/home/simpus/public_html')],
    ],
    [
      'a control panel',
      {
        'www/wwwroot/sikda.go.id/index.php': 'x',
        'www/wwwroot/default/index.html': '<h1>Congratulations, the site is created successfully!</h1>',
      },
      [webRoot('sikda.go.id', '/www/wwwroot/sikda.go.id')],
    ],
    [
      'XAMPP',
      {
        'opt/lampp/htdocs/index.php': xamppPage,
        'opt/lampp/htdocs/dashboard/index.html': 'x',
        'opt/lampp/htdocs/siakad/index.php': 'x',
      },
      [webRoot('siakad', '/opt/lampp/htdocs/siakad')],
    ],
    ['only pictures', { 'var/www/html/logo.png': 'x', 'var/www/html/.htaccess': 'x' }, []],
  ])('%s', async (_name, files, expected) => {
    expect(await look(tree(files))).toEqual(expected);
  });

  it('on Windows', async () => {
    const root = tree({
      'xampp/htdocs/index.php': xamppPage,
      'xampp/htdocs/absensi/login.php': 'x',
      'inetpub/wwwroot/iisstart.htm': 'x',
      'laragon/www/index.php': '<html><head><title>Laragon</title>',
    });

    expect(await look(root, { isWindows: true })).toEqual([webRoot('absensi', 'C:\\xampp\\htdocs\\absensi')]);
  });
});
