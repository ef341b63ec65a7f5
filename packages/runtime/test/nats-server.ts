// @boundaries-ignore tests of several packages start the same server
export { describeWithNats, NatsServer } from '../../../test/nats/nats-server.ts';
