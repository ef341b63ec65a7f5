import { ConfigError } from '@sparring/runtime';

/** What a command line says of the process's HTTP port; the environment says the rest. */
export interface EndpointOptions {
  /** A port, or `off`. */
  readonly metricsPort?: string;
}

export interface EndpointSettings {
  readonly host: string;
  readonly port: number;
  /** Whether somebody has asked for it: then it must be there. */
  readonly asked: boolean;
}

const usualPort = 9464;

/**
 * Where a process answers over HTTP: at `--metrics-port`, else SPARRING_METRICS_PORT, of SPARRING_METRICS_HOST. null: nowhere.
 * @throws ConfigError when the environment's port is none
 */
export function endpointSettings(
  { metricsPort }: EndpointOptions,
  { SPARRING_METRICS_PORT, SPARRING_METRICS_HOST }: NodeJS.ProcessEnv,
): EndpointSettings | null {
  const written = metricsPort ?? (SPARRING_METRICS_PORT || undefined);
  if (written === 'off') return null;
  const port = written === undefined ? usualPort : Number(written);
  if (written?.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    const takes = 'a port, from 0 (any that is free) to 65535, or off';
    const fault = { path: 'SPARRING_METRICS_PORT', got: JSON.stringify(written), takes, hint: null };
    throw new ConfigError('environment', [fault]);
  }
  const asked = written !== undefined || Boolean(SPARRING_METRICS_HOST);
  return { host: SPARRING_METRICS_HOST || '127.0.0.1', port, asked };
}
