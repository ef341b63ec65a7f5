import { type Group, gauge } from '../definition.js';

export const processMetrics = {
  title: 'The process',
  places: ['train', 'sweep', 'coordinator', 'trainer', 'attacker', 'dashboard'],
  metrics: {
    info: gauge('sparring_process_info', 'Always 1: what this process is', {
      role: ['train', 'sweep', 'coordinator', 'trainer', 'attacker', 'dashboard'],
      version: "sparring's",
    }),
  },
} as const satisfies Group;
