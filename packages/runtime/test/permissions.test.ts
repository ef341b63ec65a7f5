import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { connect } from '@nats-io/transport-node';
import { clusterSubjects, subjectsOf } from '@sparring/protocol';
import { type BrokerRole, inboxPrefix, roles, type StartedBroker } from '../dist/index.js';
import { describeWithNats } from './nats-server.ts';
import { passwords, startTestBroker } from './test-broker.ts';

/** Who may publish to a subject and who may subscribe to it: C coordinator, T trainer, A attacker, U client; nobody else. */
const table: readonly (readonly [subject: string, publish: string, subscribe: string])[] = [
  ['sparring.demo-s0/twin.membership.settings', 'TA', 'C'],
  ['sparring.demo-s0/twin.membership.join', 'TA', 'C'],
  ['sparring.demo-s0/twin.membership.leave', 'TA', 'C'],
  ['sparring.demo-s0/twin.work.ask', 'TA', 'C'],
  ['sparring.demo-s0/twin.gradients.return', 'T', 'C'],
  ['sparring.demo-s0/twin.parameters.return', 'T', 'C'],
  ['sparring.demo-s0/twin.adversarial.return', 'TA', 'C'],
  ['sparring.demo-s0/twin.work.assisted', 'A', 'C'],
  ['sparring.demo-s0/twin.work.measured', 'TA', 'C'],
  ['sparring.demo-s0/twin.work.failed', 'TA', 'C'],
  ['sparring.demo-s0/twin.assistance.ask', 'A', 'T'],
  ['sparring.demo-s0/twin.assistance.return', 'A', 'T'],
  ['sparring.demo-s0/twin.parameters.publish', 'CT', 'TA'],
  ['sparring.demo-s0/twin.parameters.fetch', 'TA', 'C'],
  ['sparring.demo-s0/twin.events.publish', 'C', 'U'],
  ['sparring.cluster.membership.beat', 'TA', 'C'],
  ['sparring.cluster.coordinator.beat', 'C', 'CTAU'],
  ['sparring.cluster.coordinator.status', 'U', 'C'],
  ['sparring.cluster.runs.submit', 'U', 'C'],
  ['sparring.cluster.runs.list', 'U', 'C'],
  ['sparring.cluster.runs.show', 'U', 'C'],
  ['sparring.cluster.runs.cancel', 'U', 'C'],
  ['sparring.cluster.runs.files', 'U', 'C'],
  ['sparring.cluster.runs.read', 'U', 'C'],
  ['sparring.cluster.sweeps.submit', 'U', 'C'],
  ['sparring.cluster.sweeps.list', 'U', 'C'],
  ['sparring.cluster.sweeps.show', 'U', 'C'],
  ['sparring.cluster.sweeps.change', 'U', 'C'],
  ['sparring.cluster.sweeps.files', 'U', 'C'],
  ['sparring.queue.demo-1a2b3c4d.0.7', 'C', ''],
  ['sparring.queue.>', '', ''],

  // Of every run at once.
  ['sparring.*.events.publish', '', 'U'],
  ['sparring.*.parameters.publish', '', 'TA'],
  ['sparring.*.gradients.return', '', 'C'],
  ['sparring.>', '', ''],
  ['sparring.demo-s0.>', '', ''],
  ['sparring.demo-s0.anything.else', '', ''],
  ['>', '', ''],
  ['*', '', ''],
  ['elsewhere', '', ''],

  ['_INBOX_coordinator.a.b', 'C', 'C'],
  ['_INBOX_trainer.a.b', 'C', 'T'],
  ['_INBOX_attacker.a.b', 'CT', 'A'],
  ['_INBOX_client.a.b', 'C', 'U'],
  ['_INBOX_trainer.>', '', 'T'],
  ['_INBOX_client.>', '', 'U'],
  ['_INBOX.a.b', '', ''],
  ['_INBOX.>', '', ''],

  // What lasts of sweeps: the coordinator says what is wanted, trainers what became of it.
  ['$KV.sweeps.sweep.demo-1a2b3c4d', 'C', ''],
  ['$KV.sweeps.run.a', 'CT', ''],
  ['$KV.sweeps.result.a', 'CT', ''],
  ['$KV.sweeps.curve.a', 'CT', ''],
  ['$KV.sweeps.run.a.b', 'C', ''],
  ['$KV.sweeps.>', '', ''],
  ['$O.sweeps.C.a', 'CT', ''],
  ['$O.sweeps.M.a', 'CT', ''],
  ['$JS.API.STREAM.INFO.KV_sweeps', 'CT', ''],
  ['$JS.API.STREAM.INFO.OBJ_sweeps', 'CT', ''],
  ['$JS.API.STREAM.CREATE.KV_sweeps', 'C', ''],
  ['$JS.API.STREAM.CREATE.OBJ_sweeps', 'C', ''],
  ['$JS.API.STREAM.DELETE.KV_sweeps', '', ''],
  ['$JS.API.STREAM.DELETE.OBJ_sweeps', '', ''],
  ['$JS.API.STREAM.UPDATE.KV_sweeps', '', ''],
  ['$JS.API.STREAM.PURGE.KV_sweeps', '', ''],
  ['$JS.API.STREAM.PURGE.OBJ_sweeps', 'CT', ''],
  ['$JS.API.STREAM.MSG.DELETE.KV_sweeps', '', ''],
  ['$JS.API.STREAM.MSG.DELETE.OBJ_sweeps', 'CT', ''],
  ['$JS.API.STREAM.MSG.GET.OBJ_sweeps', 'CT', ''],
  ['$JS.API.STREAM.MSG.GET.KV_sweeps', '', ''],
  ['$JS.API.DIRECT.GET.KV_sweeps.$KV.sweeps.run.a', 'CT', ''],
  ['$JS.API.CONSUMER.CREATE.KV_sweeps.c.$KV.sweeps.>', 'C', ''],
  ['$JS.API.CONSUMER.CREATE.OBJ_sweeps.c.$O.sweeps.M.>', 'CT', ''],
  ['$JS.API.CONSUMER.DELETE.KV_sweeps.c', 'C', ''],
  ['$JS.API.CONSUMER.DELETE.OBJ_sweeps.c', 'CT', ''],
  ['$JS.FC.OBJ_sweeps.c.x', 'CT', ''],
  ['$JS.FC.KV_sweeps.c.x', 'C', ''],
  ['$JS.API.STREAM.INFO.QUEUE', 'C', ''],
  ['$JS.API.STREAM.CREATE.QUEUE', 'C', ''],
  ['$JS.API.STREAM.UPDATE.QUEUE', '', ''],
  ['$JS.API.STREAM.DELETE.QUEUE', '', ''],
  ['$JS.API.STREAM.PURGE.QUEUE', 'C', ''],
  ['$JS.API.STREAM.MSG.GET.QUEUE', '', ''],
  ['$JS.API.STREAM.MSG.DELETE.QUEUE', '', ''],
  ['$JS.API.CONSUMER.DURABLE.CREATE.QUEUE.trainers', '', ''],
  ['$JS.API.CONSUMER.CREATE.QUEUE.trainers', 'C', ''],
  ['$JS.API.CONSUMER.CREATE.QUEUE.other', '', ''],
  ['$JS.API.CONSUMER.INFO.QUEUE.trainers', 'CT', ''],
  ['$JS.API.CONSUMER.DELETE.QUEUE.trainers', '', ''],
  ['$JS.API.CONSUMER.MSG.NEXT.QUEUE.trainers', 'T', ''],
  ['$JS.API.CONSUMER.MSG.NEXT.QUEUE.other', '', ''],
  ['$JS.ACK.QUEUE.trainers.1.1.1.1.1', 'T', ''],
  ['$JS.ACK.QUEUE.other.1.1.1.1.1', '', ''],

  // What else lasts, the coordinator's alone.
  ['$KV.sparring.runs.a', 'C', ''],
  ['$KV.other.runs.a', '', ''],
  ['$KV.sparring.>', '', ''],
  ['$O.sparring.C.a', 'C', ''],
  ['$O.sparring.M.a', 'C', ''],
  ['$O.other.M.a', '', ''],
  ['$JS.API.INFO', 'CT', ''],
  ['$JS.API.STREAM.INFO.KV_sparring', 'C', ''],
  ['$JS.API.STREAM.INFO.OBJ_sparring', 'C', ''],
  ['$JS.API.STREAM.CREATE.KV_sparring', 'C', ''],
  ['$JS.API.STREAM.CREATE.OBJ_sparring', 'C', ''],
  ['$JS.API.STREAM.UPDATE.KV_sparring', '', ''],
  ['$JS.API.STREAM.DELETE.KV_sparring', '', ''],
  ['$JS.API.STREAM.DELETE.OBJ_sparring', '', ''],
  ['$JS.API.STREAM.PURGE.KV_sparring', '', ''],
  ['$JS.API.STREAM.PURGE.OBJ_sparring', 'C', ''],
  ['$JS.API.STREAM.MSG.GET.OBJ_sparring', 'C', ''],
  ['$JS.API.STREAM.MSG.GET.KV_sparring', '', ''],
  ['$JS.API.STREAM.MSG.DELETE.KV_sparring', '', ''],
  ['$JS.API.STREAM.MSG.DELETE.OBJ_sparring', 'C', ''],
  ['$JS.API.STREAM.LIST', '', ''],
  ['$JS.API.STREAM.NAMES', '', ''],
  ['$JS.API.STREAM.SNAPSHOT.KV_sparring', '', ''],
  ['$JS.API.STREAM.RESTORE.KV_sparring', '', ''],
  ['$JS.API.DIRECT.GET.KV_sparring.$KV.sparring.runs.a', 'C', ''],
  ['$JS.API.DIRECT.GET.QUEUE.a', '', ''],
  ['$JS.API.CONSUMER.CREATE.KV_sparring.c.$KV.sparring.>', 'C', ''],
  ['$JS.API.CONSUMER.CREATE.OBJ_sparring.c.$O.sparring.M.>', 'C', ''],
  ['$JS.API.CONSUMER.CREATE.QUEUE.c', '', ''],
  ['$JS.API.CONSUMER.DURABLE.CREATE.KV_sparring.c', '', ''],
  ['$JS.API.CONSUMER.INFO.KV_sparring.c', '', ''],
  ['$JS.API.CONSUMER.INFO.OBJ_sparring.c', '', ''],
  ['$JS.API.CONSUMER.DELETE.KV_sparring.c', 'C', ''],
  ['$JS.API.CONSUMER.DELETE.OBJ_sparring.c', 'C', ''],
  ['$JS.API.CONSUMER.LIST.KV_sparring', '', ''],
  ['$JS.API.CONSUMER.MSG.NEXT.KV_sparring.c', '', ''],
  ['$JS.API.>', '', ''],
  ['$JS.FC.OBJ_sparring.c.x', 'C', ''],
  ['$JS.FC.QUEUE.c.x', '', ''],
  ['$JS.ACK.KV_sparring.c.1.1.1.1.1', '', ''],
  ['$JS.EVENT.ADVISORY.API', '', ''],

  ['$SYS.REQ.SERVER.PING', '', ''],
  ['$SYS.ACCOUNT.$G.CONNECT', '', ''],
  ['$SYS.>', '', ''],
];

const letters: Record<BrokerRole, string> = { coordinator: 'C', trainer: 'T', attacker: 'A', client: 'U' };

let broker: StartedBroker;
beforeAll(async () => {
  broker = await startTestBroker();
});
afterAll(() => broker.stop());

const connectAs = (role: BrokerRole) =>
  connect({ servers: broker.url, user: role, pass: passwords[role], inboxPrefix: inboxPrefix(role) });

/** What of the table the broker lets a role do. In NATS's own words, so that no client's checks come between. */
async function tried(role: BrokerRole): Promise<{ publish: string[]; subscribe: string[] }> {
  const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(broker.url).port) });
  const words = { user: role, pass: passwords[role], verbose: false, pedantic: false };
  socket.write(`CONNECT ${JSON.stringify(words)}\r\n`);
  table.forEach(([subject], index) => {
    socket.write(`SUB ${subject} ${index}\r\n`);
    if (isPublishable(subject)) socket.write(`PUB ${subject} 0\r\n\r\n`);
  });
  socket.write('PING\r\n');
  const refused = new Set<string>();
  for await (const line of createInterface({ input: socket })) {
    const [, operation, subject] = /Permissions Violation for (\w+) to "(.*?)"/i.exec(line) ?? [];
    if (operation) refused.add(`${operation.toLowerCase()} ${subject}`);
    // It answers in order: what it refuses, it has refused by now.
    if (line === 'PONG') break;
  }
  socket.destroy();
  const subjects = table.map(([subject]) => subject);
  return {
    publish: subjects.filter((subject) => isPublishable(subject) && !refused.has(`publish ${subject}`)),
    subscribe: subjects.filter((subject) => !refused.has(`subscription ${subject}`)),
  };
}

// A consumer's filter, wildcards and all, is part of the subject on which it is asked for.
function isPublishable(subject: string): boolean {
  return !/[*>]/.test(subject) || subject.startsWith('$JS.API.CONSUMER');
}

describeWithNats('the table of permissions', () => {
  it('has every subject of the protocol', () => {
    const names = [subjectsOf('demo-s0/twin'), clusterSubjects()]
      .flatMap((entities) => Object.values<Record<string, { name: string }>>(entities))
      .flatMap((actions) => Object.values(actions).map(({ name }) => name));
    expect(table.map(([subject]) => subject)).toEqual(expect.arrayContaining(names));
  });

  it.each(roles)('is what the broker holds of the role %s', async (role) => {
    const may = (who: string) => who.includes(letters[role]);
    expect(await tried(role)).toEqual({
      publish: table.filter(([, publish]) => may(publish)).map(([subject]) => subject),
      subscribe: table.filter(([, , subscribe]) => may(subscribe)).map(([subject]) => subject),
    });
  });
});

describeWithNats('the broker', () => {
  it('refuses whoever has no password, a wrong one, or an unknown name', async () => {
    const refusal = /authorization violation/i;
    await expect(connect({ servers: broker.url })).rejects.toThrow(refusal);
    await expect(connect({ servers: broker.url, user: 'trainer', pass: passwords.client })).rejects.toThrow(refusal);
    await expect(connect({ servers: broker.url, user: 'admin', pass: passwords.coordinator })).rejects.toThrow(refusal);
  });

  it.each(['trainer', 'attacker'] as const)(
    'carries the questions of role %s to the coordinator and the answers back',
    async (role) => {
      const [coordinator, worker] = await Promise.all([connectAs('coordinator'), connectAs(role)]);
      const { name } = subjectsOf('demo-s0').work.ask;
      coordinator.subscribe(subjectsOf('*').work.ask.name, {
        callback: (_, message) => void message.respond('a lease'),
      });
      await coordinator.flush();
      expect((await worker.request(name)).string()).toBe('a lease');
      await Promise.all([coordinator.close(), worker.close()]);
    },
  );
});
