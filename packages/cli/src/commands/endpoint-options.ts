import type { Command } from 'commander';

/** The option by which every long-lived command says where it tells its metrics. */
export function withEndpoint(command: Command): Command {
  return command.option(
    '--metrics-port <port>',
    'where /metrics, /healthz and /readyz are answered, or "off"; default: SPARRING_METRICS_PORT, else 9464 or the next free port',
  );
}
