import { type Group, gauge } from '../definition.js';

export const clusterMetrics = {
  title: "The coordinator's office",
  places: ['coordinator'],
  metrics: {
    term: gauge('sparring_coordinator_term', 'The term that this coordinator holds; 0 while it holds none'),
    standby: gauge('sparring_coordinator_standby', '1 while another coordinator is at work and this one waits'),
    runs: gauge('sparring_coordinator_runs', 'Runs in the store; the queued ones are the queue', {
      status: ['queued', 'running', 'finished', 'failed', 'cancelled'],
    }),
  },
} as const satisfies Group;
