import type { TrainingEvent } from '@sparring/coordinator';
import { percent } from '../view/figures.js';
import type { LogLine } from '../view/run-view.js';

const modes = {
  advance: 'A lone trainer takes whole steps',
  assisted: 'A lone trainer takes whole steps, and attackers share the attacks',
  fused: 'Trainers exchange gradients, and attack their own shards',
  split: 'Attackers make the adversarial examples, trainers exchange gradients',
  shared: 'Attackers and trainers share the attacks, trainers exchange gradients',
  rounds: 'Each trainer advances a replica; they are averaged after each round',
} as const;

/** What an event has to say to whoever reads along; null for those that show elsewhere. */
export function wordsOf(event: TrainingEvent): Pick<LogLine, 'level' | 'text'> | null {
  switch (event.kind) {
    case 'mode': {
      const spare = event.spareTrainers > 0 ? `; ${event.spareTrainers} trainers are spares` : '';
      return { level: 'info', text: `${modes[event.mode]}${spare}.` };
    }
    case 'joined':
      return { level: 'info', text: `${event.workerId} has joined.` };
    case 'left':
      return { level: 'warning', text: `${event.workerId} has left: ${event.reason}.` };
    case 'refused':
      return { level: 'warning', text: `${event.workerId} is refused: ${event.reason}.` };
    case 'unable':
      return { level: 'warning', text: `${event.workerId} is ${event.reason}.` };
    case 'checkpoint':
      return {
        level: 'info',
        text: `Checkpoint ${event.which === 'best' ? '(best) ' : ''}of step ${event.step} is written.`,
      };
    case 'probe': {
      if (!event.collapsed && event.action === 'none') return null;
      const errors = Object.entries(event.errors).map(([attack, error]) => `${attack} ${percent(error, 1)}`);
      const action = { none: '', warn: '', stop: ' Training stops.', rollback: ' It goes back to an earlier step.' }[
        event.action
      ];
      return {
        level: 'warning',
        text: `Step ${event.step}: robustness has collapsed (${errors.join(', ')}).${action}`,
      };
    }
    default:
      return null;
  }
}
