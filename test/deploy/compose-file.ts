import { parse } from 'yaml';
import { readDeployed } from './repository.ts';

/** A service of compose.yaml, as far as these tests read it. */
export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly profiles?: readonly string[];
  readonly ports?: readonly { readonly host_ip: string; readonly published: string; readonly target: number }[];
  readonly volumes?: readonly { readonly type: 'bind' | 'volume'; readonly source: string; readonly target: string }[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly aliases?: readonly string[] } | null>>;
}

/**
 * The services of a compose file, with its variables replaced as Docker does.
 * @throws with the message that the file has for a variable that must be set and is not
 */
export function readServices(
  variables: Readonly<Record<string, string>>,
  file = 'compose.yaml',
): Record<string, Service> {
  const { services } = interpolated(parse(readDeployed(file), { merge: true }), variables) as {
    services: Record<string, Service>;
  };
  return services;
}

/** Services with what a further compose file says of them, as Docker merges it: a command replaces, variables are added. */
export function overlaid(
  services: Readonly<Record<string, Service>>,
  further: Readonly<Record<string, Partial<Service>>>,
): Record<string, Service> {
  const merged = Object.entries(services).map(([name, service]): [string, Service] => {
    const { environment, ...more } = further[name] ?? {};
    return [name, { ...service, ...more, environment: { ...service.environment, ...environment } }];
  });
  return Object.fromEntries(merged);
}

/** The variables of a `.env`. */
export function parseEnv(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
}

function interpolated(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return replaced(value, variables);
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables)]));
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
function replaced(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
    const value = variables[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return kind === '-' ? rest : '';
  });
}
