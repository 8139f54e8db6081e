import type { Expected } from './expected.test-kit.ts';

/** Rules of networks, servers and websites. */
export const expectedOfNetworks: Readonly<Record<string, Expected>> = {
  'bandwidth-within-approval': {
    compliant: 'near-approval within-approval',
    breached: {
      'over-approval': 'indication',
    },
    'no-evidence': 'approval-ended no-approval not-measured not-yet-measured too-little-measured',
  },
  'certificate-valid': {
    compliant: 'valid',
    breached: {
      'certificate-expired': 'violation',
      'certificate-expires-soon': 'note',
      'certificate-untrusted': 'finding',
    },
    'no-evidence': 'no-certificate',
    'not-applicable': 'judged-at-pusat-data',
  },
  'egress-through-jaringan-intra': {
    compliant: 'closed-network',
    breached: {
      'own-way-out': 'indication',
    },
    'no-evidence': 'networks-not-registered no-fresh-report own-way-briefly way-not-told',
    'not-applicable': 'is-vantage-point',
  },
  'government-intra-link-reachable': {
    compliant: 'endpoint-answers',
    breached: {
      'endpoint-down': 'violation',
    },
    'no-evidence':
      'behind-endpoint behind-lan behind-wan no-fresh-measurement outside-intra own-uplink-down unseen-from-pusat-data',
    'not-applicable': 'no-endpoint',
  },
  'jaringan-intra-provided': {
    compliant: 'target-met',
    breached: {
      'target-missed': 'indication',
      'target-missed-already': 'indication',
    },
    'no-evidence': 'not-measured',
  },
  'jaringan-intra-used': {
    compliant: 'through-intra',
    breached: {
      bypass: 'indication finding',
      'not-connected': 'finding',
      'outside-intra': 'violation indication',
      'outside-while-wan-down': 'finding',
    },
    'no-evidence': 'behind-wan networks-not-registered no-fresh-report only-router-heard outside-briefly source-hidden',
    'not-applicable': 'is-vantage-point',
  },
  'lan-reachable': {
    compliant: 'gateway-answers host-answers reports-arrive server-answers',
    breached: {
      'lan-hosts-down': 'violation',
      'lan-or-server-down': 'violation',
      'lan-segment-down': 'violation',
    },
    'no-evidence': 'behind-wan no-fresh-measurement not-monitored outside-intra own-uplink-down',
  },
  'pdn-link-reachable': {
    compliant: 'endpoint-answers',
    breached: {
      'endpoint-down': 'violation',
    },
    'no-evidence':
      'behind-endpoint behind-lan behind-wan no-fresh-measurement outside-intra own-uplink-down unseen-from-pusat-data',
    'not-applicable': 'no-endpoint',
  },
  'pusat-data-available': {
    compliant: 'target-met',
    breached: {
      'target-missed': 'indication',
      'target-missed-already': 'indication',
    },
    'no-evidence': 'nobody-looks not-measured too-few-sites',
  },
  'server-up': {
    compliant: 'all-report',
    breached: {
      'agent-silent': 'note',
      'agent-stopped': 'note',
      'router-agent-stopped': 'note',
      'server-down': 'violation',
      'unheard-at-pusat-data': 'indication',
    },
    'no-evidence':
      'behind-lan behind-wan first-report-awaited no-server outside-intra own-uplink-down silent-undetermined',
  },
  'service-connected-to-offices': {
    compliant: 'connected connected-to-service',
    breached: {
      'office-cut-off': 'violation',
      'service-out-of-reach': 'violation',
    },
    'no-evidence': 'not-measured',
    'not-applicable': 'is-vantage-point',
  },
  'spl-reachable': {
    compliant: 'endpoint-answers',
    breached: {
      'endpoint-down': 'violation',
    },
    'no-evidence':
      'behind-endpoint behind-lan behind-wan no-fresh-measurement outside-intra own-uplink-down unseen-from-pusat-data',
    'not-applicable': 'no-endpoint',
  },
  'wan-area': {
    compliant: 'no-common-outage',
    breached: {
      'backbone-down': 'violation',
      'backbone-or-power': 'violation indication',
      'pusat-data-uplink-down': 'violation',
    },
    'no-evidence': 'no-vantage not-measured vantage-cut-off',
  },
  'wan-reachable': {
    compliant: 'reports-arrive router-answers server-answers',
    breached: {
      'wan-degraded-latency': 'note',
      'wan-degraded-loss': 'note',
      'wan-down': 'violation',
      'wan-unstable': 'indication',
    },
    'no-evidence':
      'no-fresh-measurement not-monitored only-from-outside outside-intra own-uplink-down router-not-probed',
    'not-applicable': 'is-vantage-point',
  },
  'website-available': {
    compliant: 'target-met',
    breached: {
      'target-missed': 'indication',
      'target-missed-already': 'indication',
    },
    'no-evidence': 'nobody-looks not-looked-at not-measured not-registered',
    'not-applicable': 'no-website',
  },
  'website-domain-valid': {
    compliant: 'under-domain',
    breached: {
      'outside-domain': 'violation',
      'too-many-subdomains': 'finding',
    },
    'no-evidence': 'domain-not-set not-looked-at not-registered',
    'not-applicable': 'no-website',
  },
  'website-exists': {
    compliant: 'exists',
    breached: {
      absent: 'indication',
      'no-website': 'violation',
    },
    'no-evidence': 'nobody-looks not-looked-at not-registered silent-lately',
  },
};
