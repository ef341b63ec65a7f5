import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findNatsServer, howToGetNatsServer } from '@sparring/runtime';

const howToGetPrometheus =
  'apt-get install prometheus (Debian, Ubuntu), brew install prometheus, or https://prometheus.io/download';

/** The path of a program of Prometheus', or null where this machine has none. */
export function findPrometheus(program: 'prometheus' | 'promtool'): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}

/**
 * `describe`, for tests that need Prometheus, or nats-server besides. Where they are not, the tests are reported as not run; in
 * continuous integration they are run, and fail.
 */
export function describeWithPrometheus(name: string, tests: () => void, { nats = false } = {}): void {
  const missing = [
    ...(findPrometheus('prometheus') && findPrometheus('promtool')
      ? []
      : [`prometheus; to get it: ${howToGetPrometheus}`]),
    ...(!nats || findNatsServer() ? [] : [`nats-server; to get it: ${howToGetNatsServer}`]),
  ];
  if (missing.length === 0 || process.env.CI === 'true') describe(name, tests);
  else describe.skip(`${name} (not run: needs ${missing.join(', and ')})`, tests);
}
