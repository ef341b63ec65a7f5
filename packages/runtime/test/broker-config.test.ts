import { connect } from '@nats-io/transport-node';
import { brokerConfig, newPassword, showAddress } from '../dist/index.js';
import { writeCertificate } from './certificate.ts';
import { describeWithNats } from './nats-server.ts';
import { scratchFolder } from './scratch-folder.ts';
import { passwords, startTestBroker } from './test-broker.ts';

const listen = { host: '127.0.0.1', port: -1 };
const trainer = { user: 'trainer', pass: passwords.trainer };

describeWithNats("the broker's configuration", () => {
  it('lets a client in only over TLS where there is a certificate', async () => {
    const tls = writeCertificate(scratchFolder());
    const broker = await startTestBroker({ tls });
    const connection = await connect({ servers: broker.url, ...trainer, tls: { caFile: tls.certFile } });
    expect(connection.info?.tls_required).toBe(true);
    await connection.close();
    await expect(connect({ servers: broker.url, ...trainer })).rejects.toThrow('self-signed certificate');
    await broker.stop();
  });

  it('takes a folder with any printable name', async () => {
    const broker = await startTestBroker({ storeFolder: `${scratchFolder()}/a "b" $c \\d é` });
    await broker.stop();
    expect(() => brokerConfig({ listen, storeFolder: 'a\nb', passwords, tls: null })).toThrow(
      '"a\\nb": got a control character; takes printable text',
    );
  });

  it('takes IPv6 addresses', () => {
    expect(showAddress({ host: '::1', port: 4222 })).toBe('[::1]:4222');
  });
});

it('passwords have 192 random bits and need no quoting', () => {
  const made = Array.from({ length: 100 }, newPassword);
  expect(new Set(made).size).toBe(100);
  for (const password of made) expect(password).toMatch(/^[\w-]{32}$/);
});
