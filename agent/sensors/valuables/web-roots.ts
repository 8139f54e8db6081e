import { showPath } from '../byte-path.ts';
import type { Entry, Folder, Looker } from './looker.ts';

/** A folder with a web site or application in it. */
export interface WebRoot {
  name: string;
  path: string;
}

/** Each folder here is one site. */
const sitePlaces = ['var/www/*', 'srv/www/*', 'home/*/public_html', 'www/wwwroot/*', 'var/www/vhosts/*/httpdocs'];
/** A folder here is one site when it has a first page of its own; otherwise each folder in it is one. */
const listPlaces = [
  'var/www/html',
  'var/www/localhost/htdocs',
  'srv/www/htdocs',
  'srv/http',
  'usr/share/nginx/html',
  'opt/lampp/htdocs',
];
const windowsListPlaces = ['xampp/htdocs', 'inetpub/wwwroot', 'laragon/www', 'wamp64/www', 'wamp/www'];

/** Folders that hold no site of their own: looked into above, or brought along by the web server. */
const passedOver = new Set(['html', 'htdocs', 'localhost', 'vhosts', 'cgi-bin', 'error', 'icons', 'lost+found']);
/** Folders that XAMPP, IIS and distributions put into an empty web root. */
const ownFolders = new Set(['dashboard', 'webalizer', 'xampp', 'img', 'aspnet_client', 'en-US', ...passedOver]);
const ownFiles = new Set([
  'index.nginx-debian.html',
  'index.lighttpd.html',
  'applications.html',
  'bitnami.css',
  'iisstart.htm',
  'iisstart.html',
  '404.html',
  '50x.html',
  '502.html',
  'robots.txt',
]);
/** Files that make no site by themselves. */
const decoration = /^\.|\.(png|gif|ico|svg|jpe?g|webp|css|txt|log|md)$/i;
const firstPage = /^(index|default|home)\.(php\d?|html?|aspx?|jsp|cgi|py)$/i;
/** What the first pages of web servers and control panels say before anybody has put a site there. */
const defaultPage =
  /<title>\s*(Apache2 \w+ Default Page|Welcome to (nginx|CentOS|OpenResty)|Test Page for the|HTTP Server Test Page|IIS Windows|Laragon|Domain Default page)|<h1>It works!|\$uri\.'\/dashboard\/'|the site is created successfully/i;

export async function findWebRoots(looker: Looker, isWindows: boolean): Promise<WebRoot[]> {
  const found: WebRoot[] = [];
  for (const place of isWindows ? windowsListPlaces : listPlaces) {
    for await (const folder of looker.folders(place)) found.push(...(await sitesIn(folder, looker)));
  }
  if (isWindows) return found;
  for await (const folder of looker.folders('var/www')) {
    if (await hasFirstPage(folder, looker)) found.push(asRoot(folder));
  }
  for (const place of sitePlaces) {
    for await (const folder of looker.folders(place)) {
      if (!passedOver.has(nameOf(folder)) && (await hasContent(folder, looker))) found.push(asRoot(folder));
    }
  }
  return found;
}

async function sitesIn(folder: Folder, looker: Looker): Promise<WebRoot[]> {
  if (await hasFirstPage(folder, looker)) return [asRoot(folder)];
  const sites: WebRoot[] = [];
  for (const entry of folder.entries) {
    const site = isOwnFolder(entry) ? undefined : await looker.inside(folder, entry.name);
    if (site !== undefined && (await hasContent(site, looker))) sites.push(asRoot(site));
  }
  if (sites.length > 0) return sites;
  return (await hasContent(folder, looker)) ? [asRoot(folder)] : [];
}

async function hasFirstPage(folder: Folder, looker: Looker): Promise<boolean> {
  for (const { name, kind } of folder.entries) {
    if (kind === 'file' && firstPage.test(name) && !(await isDefaultPage(folder, name, looker))) return true;
  }
  return false;
}

/** A page that cannot be read says nothing of itself: somebody put it there, so it counts. */
async function isDefaultPage(folder: Folder, name: string, looker: Looker): Promise<boolean> {
  const text = await looker.head(folder, name);
  return text !== undefined && (text.trim() === '' || defaultPage.test(text));
}

/** A folder that may not be read is no proof of a site: many are locked and empty. */
async function hasContent(folder: Folder, looker: Looker): Promise<boolean> {
  if (await hasFirstPage(folder, looker)) return true;
  for (const entry of folder.entries) {
    if (
      entry.kind === 'file' &&
      !decoration.test(entry.name) &&
      !ownFiles.has(entry.name) &&
      !firstPage.test(entry.name)
    ) {
      return true;
    }
    if (isOwnFolder(entry)) continue;
    const inside = await looker.inside(folder, entry.name);
    if (inside?.entries.some(({ kind }) => kind === 'file' || kind === 'folder')) return true;
  }
  return false;
}

function isOwnFolder({ name, kind }: Entry): boolean {
  return kind !== 'folder' || name.startsWith('.') || ownFolders.has(name);
}

function asRoot(folder: Folder): WebRoot {
  return { name: nameOf(folder), path: folder.shown };
}

/** The folder's own name, or its owner's where all are called alike. */
function nameOf(folder: Folder): string {
  const [own = '', parent = ''] = folder.path.split('/').toReversed();
  return showPath(own === 'public_html' || own === 'httpdocs' ? parent : own);
}
