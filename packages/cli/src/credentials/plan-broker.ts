import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { type Address, type BrokerSettings, isBrokerAddress, showAddress } from '@sparring/runtime';
import type { CredentialsOptions } from '../commands/credentials.js';
import { UsageError } from '../commands/usage-error.js';

/** A broker as the options of `credentials` describe it: all its settings but the passwords. */
export interface PlannedBroker extends Omit<BrokerSettings, 'passwords'> {
  readonly folder: string;
  /** What processes are told to connect to. */
  readonly url: string;
  /** The certificate of who signed the broker's, which travels beside the credentials; null where none is given. */
  readonly ca: string | null;
}

/** Checks the options and fills in what they leave out. */
export function planBroker(options: CredentialsOptions): PlannedBroker {
  const folder = resolve(options.folder ?? 'credentials');
  const listen = parseAddress(options.listen ?? '127.0.0.1:4222');
  const tls = tlsFiles(options);
  const url = checkUrl(options.url ?? urlOf(listen, tls !== null));
  const storeFolder = resolve(options.store ?? join(folder, 'jetstream'));
  const mostStored = parseSize(options.storeSize);
  return {
    folder,
    listen,
    tls,
    url,
    storeFolder,
    mostStored,
    ca: options.tlsCa === undefined ? null : readCa(options.tlsCa),
  };
}

/** @throws UsageError when it is not the address of a broker, or several with commas between */
export function checkUrl(url: string): string {
  if (url.split(',').every((address) => isBrokerAddress(address.trim()))) return url;
  throw new UsageError(`--url: got ${JSON.stringify(url)}; takes nats://host:port or tls://host:port`);
}

/** Where processes find a broker that listens there: itself by name, where it listens on all addresses. */
export function urlOf({ host, port }: Address, encrypted: boolean): string {
  const reachable = host === '0.0.0.0' || host === '::' ? hostname() : host;
  return `${encrypted ? 'tls' : 'nats'}://${showAddress({ host: reachable, port })}`;
}

function parseAddress(text: string): Address {
  const [, bracketed, plain, port] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new UsageError(`--listen: got ${JSON.stringify(text)}; takes host:port, as 127.0.0.1:4222 or 0.0.0.0:4222`);
  }
  return { host, port: Number(port) };
}

/** In bytes; -1 where none is given. */
function parseSize(text: string | undefined): number {
  if (text === undefined) return -1;
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?) ?([kMGT]?)B?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(digits) * 1_000 ** ' kmgt'.indexOf(unit.toLowerCase() || ' '));
  if (bytes >= leastStored) return bytes;
  throw new UsageError(`--store-size: got ${JSON.stringify(text)}; takes 100MB or more, as 200GB`);
}

/** A store that is smaller could not hold a run's checkpoints. */
const leastStored = 100_000_000;

// Paths of the broker's machine, which need not be this one: nothing is read.
function tlsFiles({ tlsCert, tlsKey }: CredentialsOptions): PlannedBroker['tls'] {
  if (tlsCert === undefined && tlsKey === undefined) return null;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new UsageError(
      `--tls-${tlsCert === undefined ? 'cert' : 'key'}: got nothing; certificate and key go together`,
    );
  }
  return { certFile: resolve(tlsCert), keyFile: resolve(tlsKey) };
}

export function readCa(file: string): string {
  if (!existsSync(file))
    throw new UsageError(`--tls-ca: got ${JSON.stringify(file)}; takes a certificate that is there`);
  return readFileSync(file, 'utf8');
}
