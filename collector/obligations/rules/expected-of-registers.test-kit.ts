import type { Expected } from './expected.test-kit.ts';

/** Rules that go by what people enter. */
export const expectedOfRegisters: Readonly<Record<string, Expected>> = {
  'audit-due': {
    compliant: 'done due-soon',
    breached: {
      overdue: 'violation indication',
    },
    'no-evidence': 'no-audit',
  },
  'audit-result-reported': {
    compliant: 'reported',
    breached: {
      'not-reported': 'indication',
    },
    'no-evidence': 'no-audit not-yet-reported',
  },
  'department-record-kept': {
    compliant: 'done due-soon ends-soon kept',
    breached: {
      ended: 'finding',
      'not-conforming': 'violation',
      overdue: 'violation indication',
    },
    'no-evidence': 'no-record not-yet',
  },
  'e-certificate-valid': {
    compliant: 'ends-soon valid',
    breached: {
      ended: 'finding',
    },
    'no-evidence': 'no-certificate',
  },
  'evaluation-due': {
    compliant: 'done due-soon',
    breached: {
      overdue: 'violation indication',
    },
    'no-evidence': 'no-evaluation',
  },
  'evaluation-result-reported': {
    compliant: 'reported',
    breached: {
      'not-reported': 'indication',
    },
    'no-evidence': 'no-evaluation not-yet-reported',
  },
  'hardware-inventory-complete': {
    compliant: 'inventoried registered',
    breached: {
      'no-asset-number': 'finding',
      'not-in-register': 'finding',
    },
    'no-evidence': 'inventory-missing no-server',
  },
  'hosting-approved': {
    compliant: 'approval-ends-soon approved',
    breached: {
      'approval-ended': 'finding',
    },
    'no-evidence': 'no-approval website-without-approval',
    'not-applicable': 'no-website',
  },
  'incident-reported': {
    compliant: 'reported',
    breached: {
      'not-reported': 'indication',
    },
    'no-evidence': 'not-yet-reported undecided',
    'not-applicable': 'no-incident',
  },
  'mandiri-tik-status-recorded': {
    compliant: 'recorded',
    breached: {
      ended: 'finding',
    },
    'no-evidence': 'not-recorded',
    'not-applicable': 'not-mandiri',
  },
  'plan-review-due': {
    compliant: 'all-reviewed on-course review-soon',
    breached: {
      'plan-ended': 'finding',
      'review-overdue': 'violation indication',
    },
    'no-evidence': 'no-plan',
  },
  'record-kept': {
    compliant: 'done due-soon ends-soon kept',
    breached: {
      ended: 'finding',
      'not-conforming': 'violation',
      overdue: 'violation indication',
    },
    'no-evidence': 'no-record not-yet',
  },
  'segment-owner-named': {
    compliant: 'done due-soon ends-soon kept',
    breached: {
      ended: 'finding',
      'not-conforming': 'violation',
      overdue: 'violation indication',
    },
    'no-evidence': 'no-record not-yet only-configured',
  },
  'service-desk-recording': {
    compliant: 'recorded',
    breached: {
      'not-recorded': 'indication',
    },
    'no-evidence': 'nothing-recorded',
  },
  'software-registered': {
    compliant: 'registered',
    breached: {
      'not-registered': 'finding',
    },
    'no-evidence': 'none-registered without-number',
  },
  'supervision-report-due': {
    compliant: 'done due-soon',
    breached: {
      overdue: 'violation indication',
    },
    'no-evidence': 'no-report',
  },
  'website-content-fresh': {
    compliant: 'done due-soon ends-soon kept',
    breached: {
      ended: 'finding',
      'not-conforming': 'violation',
      overdue: 'violation indication',
    },
    'no-evidence': 'no-record not-yet',
    'not-applicable': 'no-website',
  },
};
