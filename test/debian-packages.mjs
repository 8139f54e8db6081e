/**
 * The Debian packages that tests and benches talk to, and why. Plain JavaScript: set-up reads it before anything is
 * installed. `services` are the units that a package starts on its own; set-up stops those it has just brought in.
 */
export const testPackages = [
  { name: 'iputils-ping', why: 'the icmp probe runs the real ping', services: [] },
  { name: 'iproute2', why: 'network tests build namespaces and links with ip', services: [] },
  { name: 'prometheus', why: 'promtool checks /metrics and the alert rules', services: ['prometheus'] },
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
  { name: 'victoria-metrics', why: 'batches are measured beside its import', services: ['victoria-metrics'] },
];
