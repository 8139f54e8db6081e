/**
 * The Debian packages that tests and benches talk to, and why. Plain JavaScript: set-up reads it before anything is
 * installed. `services` are the units that a package starts on its own; set-up stops those it has just brought in.
 */
export const testPackages = [
  { name: 'iputils-ping', why: 'the icmp probe runs the real ping', services: [] },
  { name: 'iproute2', why: 'network tests build namespaces and links with ip', services: [] },
  { name: 'prometheus', why: 'promtool checks /metrics and the alert rules', services: ['prometheus'] },
  {
    name: 'prometheus-alertmanager',
    why: 'alerts of the rules are grouped and held back by the real one',
    services: ['prometheus-alertmanager'],
  },
  { name: 'victoria-metrics', why: 'history is written into the real one', services: ['victoria-metrics'] },
  { name: 'restic', why: 'backups are made, read and restored with the real restic', services: [] },
  { name: 'borgbackup', why: 'the same with the real borg', services: [] },
  { name: 'pgbackrest', why: 'its repository is looked at with the real pgbackrest', services: [] },
  { name: 'postgresql', why: 'dumps are made of, and restored into, a real server', services: ['postgresql'] },
  { name: 'rsync', why: 'backups travel to the vault with the real rsync', services: [] },
  { name: 'monitoring-plugins-basic', why: 'the source nagios runs real plugins', services: [] },
  { name: 'borgmatic', why: 'it reports through the heartbeat address unchanged', services: ['borgmatic.timer'] },
  { name: 'snmp', why: 'what is read from routers is compared with snmpwalk', services: [] },
  { name: 'snmpd', why: 'a router of the test network answers by SNMP', services: ['snmpd'] },
  { name: 'snmpsim', why: 'captures of real routers answer by SNMP', services: [] },
  { name: 'busybox', why: 'the router agent runs with nothing but busybox', services: [] },
  { name: 'shellcheck', why: 'the router agent is a POSIX shell script', services: [] },
  { name: 'curl', why: 'it reports through the heartbeat address unchanged', services: [] },
  { name: 'wget', why: 'the router agent sends through it, too', services: [] },
  { name: 'faketime', why: 'an agent runs with a clock that is hours off', services: [] },
  { name: 'zip', why: 'archives of every usual kind are tested', services: [] },
  { name: 'unzip', why: 'archives of every usual kind are tested', services: [] },
  { name: 'bzip2', why: 'archives of every usual kind are tested', services: [] },
  { name: 'xz-utils', why: 'archives of every usual kind are tested', services: [] },
  { name: 'zstd', why: 'archives of every usual kind are tested', services: [] },
  { name: 'poppler-utils', why: 'reports are read with pdftotext and looked at with pdftoppm', services: [] },
  { name: 'python3-openpyxl', why: 'workbooks are opened by a reader that is not ours', services: [] },
  { name: 'chromium', why: 'pages and documents are shown and printed by a real browser', services: [] },
];

export const benchPackages = [
  {
    name: 'prometheus-node-exporter',
    why: 'the agent is measured beside it',
    services: ['prometheus-node-exporter'],
  },
  {
    name: 'prometheus-pushgateway',
    why: 'the intake is measured beside it',
    services: ['prometheus-pushgateway'],
  },
  {
    name: 'prometheus-snmp-exporter',
    why: 'the reading of routers is measured beside it',
    services: ['prometheus-snmp-exporter'],
  },
];
