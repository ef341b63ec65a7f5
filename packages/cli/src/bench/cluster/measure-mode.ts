import type { DataSet } from '@sparring/data';
import type { EngineName } from '@sparring/engine';
import type { RunConfig } from '@sparring/runtime';
import { Contestant } from './contestant.js';
import { openLocalTeam } from './local-team.js';
import type { Measurement } from './measurement.js';
import type { Mode } from './modes.js';
import { openProcessTeam } from './process-team.js';
import { takeTurns } from './take-turns.js';
import type { Team } from './team.js';
import type { Trouble } from './trouble.js';

export interface Place {
  readonly engine: EngineName;
  readonly dataSet: DataSet;
  /** Where brokers keep what they need. */
  readonly folder: string;
  readonly natsServer: string;
  /** Of measuring each of the two. */
  readonly seconds: number;
  readonly trouble: Trouble;
}

/** Starts both teams of a mode, measures them in turns and ends them. @throws the trouble */
export async function measureMode(
  { name, entrants }: Mode,
  config: RunConfig,
  { engine, dataSet, folder, natsServer, seconds, trouble }: Place,
  onTurn: (turn: number, numTurns: number) => void,
): Promise<readonly [Measurement, Measurement]> {
  const models = config.model.kind === 'file' ? [config.model.path] : [];
  const teams: Team[] = [];
  try {
    for (const [i, { processes }] of entrants.entries()) {
      const request = { ...processes!, natsServer, folder, name: `${name}-${i + 1}`, models, trouble };
      teams.push(processes === null ? openLocalTeam(dataSet, models, trouble) : await openProcessTeam(request));
    }
    const contestants = teams.map((team) => new Contestant({ team, config, engine, dataSet, trouble }));
    const [first, second] = await takeTurns(contestants, seconds, onTurn);
    return [first!, second!];
  } finally {
    await Promise.allSettled(teams.map((team) => team.close())); // each must be gone, whatever becomes of the other
  }
}
