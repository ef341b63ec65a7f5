import { type BrokerRole, newPassword, roles } from '@sparring/runtime';

/** The variable in which a role's password is told to compose.yaml, and to its broker. */
export function passwordVariable(role: BrokerRole): string {
  return `SPARRING_${role.toUpperCase()}_PASSWORD`;
}

/** How many bytes the broker stores at most; -1: it is to find a bound by itself. */
export const storeVariable = 'SPARRING_STORE_SIZE';

/** The text of the `.env` beside deploy/compose.yaml. */
export function composeEnv(
  passwords: Readonly<Record<BrokerRole, string>>,
  { uid, gid, mostStored }: { readonly uid: number; readonly gid: number; readonly mostStored: number },
): string {
  const lines = [
    '# Holds secrets: readable by its owner alone. Further settings of compose.yaml may be added: see README.md beside it.',
    ...roles.map((role) => `${passwordVariable(role)}=${passwords[role]}`),
    `GRAFANA_ADMIN_PASSWORD=${newPassword()}`,
    '',
    '# cpu, or gpu.',
    'COMPOSE_PROFILES=cpu',
    '# Who owns the runs that are fetched.',
    `SPARRING_UID=${uid}`,
    `SPARRING_GID=${gid}`,
    '# How much the broker stores at most: three quarters of what this disk had free.',
    `${storeVariable}=${mostStored}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** An `.env` with the passwords of a newer one, and everything else as it was. */
export function withNewSecrets(old: string, newer: string): string {
  const secrets = new Map([...newer.matchAll(/^(\w+_PASSWORD)=.*$/gm)].map(([line, name]) => [name!, line]));
  const replaced = old.replace(/^(\w+_PASSWORD)=.*$/gm, (line, name: string) => {
    const secret = secrets.get(name);
    secrets.delete(name);
    return secret ?? line;
  });
  const absent = [...secrets.values()].map((line) => `${line}\n`);
  return `${replaced.replace(/\n*$/, '\n')}${absent.join('')}`;
}
