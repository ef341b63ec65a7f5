import { readdirSync } from 'node:fs';
import { deployed, readDeployed } from './repository.ts';

/** A panel of a Grafana dashboard, as far as these tests read it. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly {
    readonly expr: string;
    readonly legendFormat: string;
    readonly datasource: { readonly uid: string };
  }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

export interface Dashboard {
  readonly file: string;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition: string }[] };
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
}

export function readDashboards(): Dashboard[] {
  const files = readdirSync(deployed('grafana', 'dashboards')).sort();
  return files.map((file) => ({
    file,
    ...(JSON.parse(readDeployed('grafana', 'dashboards', file)) as Omit<Dashboard, 'file'>),
  }));
}

/** A dashboard's panels that show something, rows aside. */
export function panelsOf({ panels }: Dashboard): Panel[] {
  return panels.filter(({ type }) => type !== 'row');
}

/** An expression with the variables of Grafana and of its dashboard replaced, as Grafana does for a range of some minutes. */
export function filledIn(expression: string, variables: Readonly<Record<string, string>>): string {
  const values: Record<string, string> = { __rate_interval: '20s', __interval: '15s', __range: '10m', ...variables };
  return expression.replace(
    /\$(\w+)|\$\{(\w+)\}/g,
    (whole, bare?: string, braced?: string) => values[bare ?? braced!] ?? whole,
  );
}
