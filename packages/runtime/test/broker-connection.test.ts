import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsText, readCredentials, resolveConnection } from '../dist/index.js';
import { scratchFolder } from './scratch-folder.ts';

const full = {
  SPARRING_NATS_URL: 'nats://broker:4222',
  SPARRING_NATS_USER: 'trainer',
  SPARRING_NATS_PASSWORD: 'secret',
};

function file(text: string): string {
  const path = join(scratchFolder(), 'trainer.env');
  writeFileSync(path, text);
  return path;
}

describe('a credentials file', () => {
  it('is read as it was written', () => {
    expect(readCredentials(file(credentialsText(full)))).toEqual(full);
  });

  it('may have quotes, comments, exports and other variables', () => {
    const text = `# mine\nexport SPARRING_NATS_URL="nats://broker:4222"\r\nOTHER=1\nSPARRING_NATS_USER = 'trainer'\nSPARRING_NATS_PASSWORD=secret\n`;
    expect(readCredentials(file(text))).toEqual(full);
  });

  it('names a certificate beside it', () => {
    const path = file(credentialsText({ ...full, SPARRING_NATS_CA: 'ca.pem' }));
    expect(readCredentials(path).SPARRING_NATS_CA).toBe(join(path, '..', 'ca.pem'));
  });

  it('says all that it lacks', () => {
    const path = file('SPARRING_NATS_USER=trainer\n');
    expect(() => readCredentials(path)).toThrow(
      [
        `2 faults in the configuration (${path}):`,
        "  SPARRING_NATS_URL: got nothing; takes the broker's address, as nats://host:4222",
        "  SPARRING_NATS_PASSWORD: got nothing; takes that user's password",
      ].join('\n'),
    );
  });

  it('that is not there is refused with a hint where it comes from', () => {
    expect(() => readCredentials('none.env')).toThrow(
      'credentials: got "none.env"; takes a file that can be read (ENOENT) (sparring credentials writes one for each role)',
    );
  });
});

describe('resolveConnection', () => {
  const resolved = {
    servers: ['nats://broker:4222'],
    credentials: { user: 'trainer', password: 'secret' },
    tls: null,
    role: 'trainer',
  };

  it('reads the environment, or a file, and lets --nats replace the address', () => {
    const credentials = file(credentialsText(full));
    expect(resolveConnection({ environment: full })).toEqual(resolved);
    expect(resolveConnection({ credentials })).toEqual(resolved);
    const nats = 'nats://a:1, b';
    expect(resolveConnection({ nats, credentials })).toEqual({ ...resolved, servers: ['nats://a:1', 'b'] });
  });

  it('takes the address from elsewhere where a credentials file has none', () => {
    const credentials = file('SPARRING_NATS_USER=trainer\nSPARRING_NATS_PASSWORD=secret\n');
    const environment = { SPARRING_NATS_URL: 'nats://broker:4222' };
    expect(resolveConnection({ credentials, environment })).toEqual(resolved);
    expect(resolveConnection({ credentials, nats: 'nats://broker:4222' })).toEqual(resolved);
    expect(() => resolveConnection({ credentials })).toThrow('SPARRING_NATS_URL: got nothing');
  });

  it('takes user and password from one place', () => {
    const environment = {
      ...full,
      SPARRING_NATS_USER: 'client',
      SPARRING_NATS_PASSWORD: 'other',
      SPARRING_NATS_CA: 'x',
    };
    expect(resolveConnection({ credentials: file(credentialsText(full)), environment })).toEqual(resolved);
  });

  it('is null where nothing names a broker', () => {
    expect(resolveConnection({ environment: { SPARRING_NATS_URL: '' } })).toBeNull();
  });

  it('needs no user, and knows the role of none but its own', () => {
    const none = { credentials: null, tls: null, role: null };
    expect(resolveConnection({ nats: 'localhost' })).toEqual({ ...none, servers: ['localhost'] });
    expect(resolveConnection({ environment: { ...full, SPARRING_NATS_USER: 'me' } })).toEqual({
      ...none,
      servers: resolved.servers,
      credentials: { user: 'me', password: 'secret' },
    });
  });

  it('encrypts where the address or a certificate says so', () => {
    expect(resolveConnection({ nats: 'tls://broker' })).toMatchObject({ tls: { caFile: null } });
    const ca = file('');
    expect(resolveConnection({ environment: { ...full, SPARRING_NATS_CA: ca } })).toMatchObject({
      tls: { caFile: ca },
    });
  });

  it('refuses addresses that are none, passwords in them, halves of a pair and lost certificates, all at once', () => {
    const environment = { SPARRING_NATS_PASSWORD: 'x', SPARRING_NATS_CA: '/none.pem' };
    const nats = 'nats://me:secret@broker,http://broker:80,nats://a b';
    expect(() => resolveConnection({ nats, environment })).toThrow(
      /^5 faults in the configuration \(connection to the broker\)/,
    );
    expect(() => resolveConnection({ nats, environment })).toThrow(
      /nats: got "http:\/\/broker:80"; takes addresses as/,
    );
    expect(() => resolveConnection({ nats, environment })).toThrow('SPARRING_NATS_USER: got nothing');
    for (const given of [nats, 'me:secret@broker', 'nats://me:sec/ret@broker', 'me:sec,ret@broker']) {
      expect(() => resolveConnection({ nats: given })).toThrow('a user in the address');
      expect(() => resolveConnection({ nats: given })).not.toThrow(/sec|ret/);
    }
  });
});
