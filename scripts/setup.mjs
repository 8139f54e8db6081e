// Makes a clone ready to run; npm calls it before start, test, check, bench and simulate. It runs on whatever Node
// started npm, from 18 on, before any package is there: plain JavaScript, built-in modules only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchPackages, testPackages } from '../test/debian-packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.pantau-setup');
const bundledNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const neededMajor = 24;
const npmLimitMs = 15 * 60_000;
const aptLimitMs = 10 * 60_000;

const major = (version) => Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);
const secondsSince = (startMs) => Math.round((performance.now() - startMs) / 1000);
const say = (line) => process.stdout.write(`${line}\n`);

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Changes with whatever could make the installed packages wrong: what is asked for, what is locked, the machine. */
function stampOf() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** How to start npm: the very one that runs this script, with the Node that runs it, else whatever PATH has. */
function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node = process.execPath } = process.env;
  if (script && existsSync(script) && existsSync(node)) return { program: node, first: [script], shell: false };
  return { program: 'npm', first: [], shell: process.platform === 'win32' };
}

function installPackages() {
  const stamp = stampOf();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp) return;
  const again = existsSync(join(root, 'node_modules'));
  process.stdout.write(`Set-up: installing the npm packages${again ? ', because they changed' : ''} … `);
  const startedAtMs = performance.now();
  const npm = npmCommand();
  // Not `npm ci`: that refuses a lock file without the optional packages of other systems, which a registry mirror may
  // not have, and it would delete the Node that runs this script. `--no-save` keeps the lock file as it is.
  const result = spawnSync(
    npm.program,
    [...npm.first, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund'],
    {
      cwd: root,
      shell: npm.shell,
      encoding: 'utf8',
      timeout: npmLimitMs,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  if (result.status !== 0) {
    say('failed.');
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    fail(
      `Set-up failed: npm install ${result.error ? `could not run (${result.error.message})` : 'ended with an error'}.`,
    );
  }
  writeFileSync(stampFile, `${stamp}\n`);
  say(`done in ${secondsSince(startedAtMs)} s.`);
}

/** The pinned Node comes as a package and wins on the PATH of npm scripts; an own Node 24 does as well. */
function checkNode() {
  if (existsSync(bundledNode)) {
    const run = spawnSync(bundledNode, ['--version'], {
      encoding: 'utf8',
      timeout: 20_000,
      shell: process.platform === 'win32',
    });
    if (run.status === 0 && major(run.stdout) >= neededMajor) return;
    // It is for another C library (Alpine, say) and would hide the machine's own Node from npm scripts.
    rmSync(bundledNode, { force: true });
  }
  if (major(process.versions.node) >= neededMajor) return;
  fail(
    `Pantau runs on Node ${neededMajor}, this machine has ${process.versions.node} and npm brought no Node for ` +
      `${process.platform}-${process.arch}: install Node ${neededMajor} from https://nodejs.org and run the command again.`,
  );
}

function isInstalled(name) {
  const result = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8', timeout: 20_000 });
  return result.status === 0 && result.stdout === 'install ok installed';
}

function apt(...args) {
  return spawnSync('apt-get', ['-qq', ...args], {
    encoding: 'utf8',
    timeout: aptLimitMs,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Run level 1 keeps the packages from starting their services.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}

/** systemd does not look at RUNLEVEL; what set-up brought in must not stay running on somebody's machine. */
function stopServices(packages) {
  const withSystemd = existsSync('/run/systemd/system');
  for (const service of packages.flatMap((entry) => entry.services)) {
    if (withSystemd) spawnSync('systemctl', ['disable', '--now', service], { stdio: 'ignore', timeout: 60_000 });
    else if (existsSync(`/etc/init.d/${service}`)) {
      spawnSync(`/etc/init.d/${service}`, ['stop'], { stdio: 'ignore', timeout: 60_000 });
    }
  }
}

function installDebianPackages(wanted) {
  const isDebian = existsSync('/etc/debian_version') && spawnSync('apt-get', ['--version']).status === 0;
  const missing = isDebian ? wanted.filter((entry) => !isInstalled(entry.name)) : [];
  if (isDebian && missing.length === 0) return;
  const skipped = 'tests that need them are skipped by name';
  if (!isDebian) {
    say(`Set-up: not Debian, so nothing is installed for ${namesOf(wanted)}; ${skipped} where they are missing.`);
    return;
  }
  if (process.getuid?.() !== 0) {
    say(`Set-up: not root, so these Debian packages stay missing: ${namesOf(missing)}; ${skipped}.`);
    return;
  }
  process.stdout.write(`Set-up: installing the Debian packages ${namesOf(missing)} … `);
  const startedAtMs = performance.now();
  const updated = apt('update');
  const installed = apt('install', '-y', '--no-install-recommends', ...missing.map((entry) => entry.name));
  if (installed.status !== 0) {
    const reason = `${updated.stderr ?? ''}${installed.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
    say(`failed; ${skipped}.\n${reason}`);
    return;
  }
  stopServices(missing);
  say(`done in ${secondsSince(startedAtMs)} s.`);
}

function namesOf(packages) {
  return packages.map((entry) => entry.name).join(', ');
}

if (major(process.versions.node) < 18) {
  fail(`Pantau needs Node 18 or later to set itself up, and this is ${process.versions.node}: install Node 24.`);
}
installPackages();
checkNode();
if (process.argv.includes('--tests')) installDebianPackages(testPackages);
if (process.argv.includes('--bench')) installDebianPackages([...testPackages, ...benchPackages]);
