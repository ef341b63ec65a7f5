import {
  type BrokerRole,
  type BrokerSettings,
  brokerConfig,
  credentialsText,
  newPassword,
  roles,
} from '@sparring/runtime';

export interface CredentialSettings extends BrokerSettings {
  readonly url: string;
  /** A certificate that processes are to trust; null where they need none. */
  readonly ca: string | null;
}

/** The files of a broker and its users, by name: `nats-server.conf`, and an env file for each role. */
export function credentialFiles(settings: CredentialSettings): Map<string, string> {
  const { url, ca, passwords } = settings;
  return new Map([
    ['nats-server.conf', brokerConfig(settings)],
    ...roles.map((role): [string, string] => [
      `${role}.env`,
      credentialsText({
        SPARRING_NATS_URL: url,
        SPARRING_NATS_USER: role,
        SPARRING_NATS_PASSWORD: passwords[role],
        ...(ca !== null && { SPARRING_NATS_CA: caName }),
      }),
    ]),
    ...(ca === null ? [] : [[caName, ca] as [string, string]]),
  ]);
}

export function newPasswords(): Record<BrokerRole, string> {
  return Object.fromEntries(roles.map((role) => [role, newPassword()])) as Record<BrokerRole, string>;
}

const caName = 'ca.pem';
