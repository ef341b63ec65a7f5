import { ConfigError } from '@sparring/runtime';

/** What a command line says of the process's HTTP port; the environment says the rest. */
export interface EndpointOptions {
  readonly metricsPort?: string;
}

export interface EndpointSettings {
  readonly host: string;
  readonly port: number;
  /** Whether somebody has asked for it: then it must be there. */
  readonly asked: boolean;
}

export const usualPort = 9464;

/**
 * Where a process answers over HTTP: `--metrics-port`, else SPARRING_METRICS_PORT, and SPARRING_METRICS_HOST. null: nowhere.
 * @throws ConfigError when the port is none
 */
export function endpointSettings(
  { metricsPort }: EndpointOptions,
  environment: NodeJS.ProcessEnv,
): EndpointSettings | null {
  const { SPARRING_METRICS_PORT, SPARRING_METRICS_HOST } = environment;
  const written = metricsPort ?? (SPARRING_METRICS_PORT || undefined);
  const host = SPARRING_METRICS_HOST || '127.0.0.1';
  if (written === 'off') return null;
  const port = written === undefined ? usualPort : Number(written);
  if (written?.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    const path = metricsPort === undefined ? 'SPARRING_METRICS_PORT' : '--metrics-port';
    const takes = 'a port, from 0 (any that is free) to 65535, or off';
    throw new ConfigError('command line', [{ path, got: JSON.stringify(written), takes, hint: null }]);
  }
  return { host, port, asked: written !== undefined || Boolean(SPARRING_METRICS_HOST) };
}
