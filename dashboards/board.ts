import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** One board: its file name, and how it is made. */
export interface Board {
  /** Of `dashboards/grafana/boards/<name>.json`. */
  name: string;
  build(): Dashboard;
}
