import type { DataSet } from '@sparring/data';
import { InProcessBus, ModelPlaces } from '@sparring/runtime';
import { createTrainerIn } from '@sparring/trainer-worker';
import { Announcer } from './announcer.js';
import type { Team } from './team.js';
import type { Trouble } from './trouble.js';

/** One trainer in this process, as `sparring train` has it. */
export function openLocalTeam(dataSet: DataSet, models: readonly string[], trouble: Trouble): Team {
  const bus = new InProcessBus();
  const trainer = createTrainerIn({
    bus,
    dataSetOf: async () => dataSet,
    models: ModelPlaces.of(models),
    onEvent: (event) => {
      if (event.kind === 'unable' || event.kind === 'thread-lost') trouble.report(new Error(event.reason));
    },
  });
  const announcer = new Announcer(bus);
  return {
    ...{ trainers: 1, attackers: 0, bus, announcer, qualifies: false },
    bytes: async () => null,
    close: async () => {
      announcer.close();
      await trainer.stop();
    },
  };
}
