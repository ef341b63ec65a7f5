import { type BusEvent, NatsBus, type NatsBusOptions } from '../dist/index.js';
import { service, subject, text } from './bus-subjects.ts';
import { writeCertificate } from './certificate.ts';
import { describeWithNats, NatsServer } from './nats-server.ts';
import { scratchFolder } from './scratch-folder.ts';

const news = subject('news', text);
const echo = service('echo', text, text);
const secret = service('secret', text, text);

describeWithNats('the bus, at a broker that does not let everyone do everything', () => {
  const certificate = writeCertificate(scratchFolder());
  const permitted = JSON.stringify([news.name, echo.name, '_INBOX.>']);
  let open: NatsServer;
  let strict: NatsServer;
  let encrypted: NatsServer;
  beforeAll(async () => {
    [open, strict, encrypted] = await Promise.all([
      NatsServer.start(),
      NatsServer.start(`authorization { users: [
        { user: one, password: secret, permissions: { publish: ${permitted}, subscribe: ${permitted} } }
      ] }`),
      NatsServer.start(`tls { cert_file: "${certificate.certFile}", key_file: "${certificate.keyFile}" }`),
    ]);
  });
  const busses: NatsBus[] = [];
  afterEach(() => Promise.all(busses.splice(0).map((bus) => bus.close())));

  async function enter(server: NatsServer, options: Partial<NatsBusOptions> = {}): Promise<NatsBus> {
    const bus = await NatsBus.connect({ servers: server.url, name: 'test', ...options });
    busses.push(bus);
    return bus;
  }
  const credentials = { user: 'one', password: 'secret' };

  test('wrong credentials are an error at once, however long the broker would be waited for', async () => {
    const refusal =
      /the NATS server at nats:\S+ refuses this process: .*authorization violation.*Check user, password/i;
    await expect(enter(strict)).rejects.toThrow(refusal);
    await expect(enter(strict, { credentials: { ...credentials, password: 'guessed' } })).rejects.toThrow(refusal);
  });

  test('what the broker lets nobody publish fails at once, and says so; all else goes on', async () => {
    const events: BusEvent[] = [];
    const bus = await enter(strict, { credentials, onEvent: (event) => events.push(event) });
    bus.serve(echo, (question) => `${question}!`);
    await bus.flush();
    const answer = bus.request(echo, 'hello');
    await expect(bus.request(secret, 'tell me')).rejects.toThrow(
      'the NATS server does not let this process publish on sparring.test.secret',
    );
    expect(await answer).toBe('hello!');
    bus.subscribe(subject('secrets', text), () => {});
    await bus.flush();
    expect(await bus.request(echo, 'still here')).toBe('still here!');
    expect(events.slice(1)).toEqual([
      { kind: 'permission-refused', operation: 'publish', subject: 'sparring.test.secret' },
      { kind: 'permission-refused', operation: 'subscription', subject: 'sparring.test.secrets' },
    ]);
  });

  test('an encrypted connection is taken with the certificate that signed the broker’s, and without it is not', async () => {
    const bus = await enter(encrypted, { tls: { caFile: certificate.certFile } });
    bus.serve(echo, (question) => `${question}!`);
    await bus.flush();
    expect(await bus.request(echo, 'hello')).toBe('hello!');
    await expect(enter(encrypted)).rejects.toThrow(/refuses this process: .*(self-signed|certificate)/);
    await expect(enter(encrypted, { tls: { caFile: '/nowhere/ca.pem' } })).rejects.toThrow('/nowhere/ca.pem');
  });

  test('an encrypted connection is not had at a broker that has none', async () => {
    await expect(enter(open, { tls: { caFile: certificate.certFile } })).rejects.toThrow(/does not support 'tls'/);
  });

  test('answers go to inboxes alone: whoever answers may publish what others may not', async () => {
    const [one, other] = [await enter(open, { inboxPrefix: 'sparring.test' }), await enter(open)];
    other.serve(echo, (question) => `${question}!`);
    await other.flush();
    await expect(one.request(echo, 'hello', { timeoutMs: 50 })).rejects.toThrow('no answer on sparring.test.echo');
    expect(other.refused).toEqual({ invalid: 1 });
  });
});
