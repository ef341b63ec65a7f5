/** One series of an answer: its labels, and its values by time. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [seconds: number, value: string])[];
}

/**
 * What an expression gave every five seconds since then.
 * @throws with Prometheus' words where it does not take the expression
 */
export async function askPrometheus(url: string, expression: string, sinceMs: number): Promise<Series[]> {
  const [start, end] = [sinceMs / 1_000, Date.now() / 1_000];
  const body = new URLSearchParams({ query: expression, start: String(start), end: String(end), step: '5' });
  const response = await fetch(`${url}/api/v1/query_range`, { method: 'POST', body });
  const answer = (await response.json()) as { status: string; error?: string; data: { result: Series[] } };
  if (answer.status !== 'success') throw new Error(`${expression}: ${answer.error}`);
  return answer.data.result;
}

/** Whether there is a number among it: what Grafana would draw. */
export function hasData(answer: readonly Series[]): boolean {
  return answer.some(({ values }) => values.some(([, value]) => Number.isFinite(Number(value))));
}
