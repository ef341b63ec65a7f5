import { sparring } from '../generated/messages.js';
import type { PassTask, ProbeTask, Task } from '../tasks.js';
import { integer, invalid, json, lineage, present, words } from './fields.js';

const wire = sparring.v1;
const parts = words<PassTask['part']>({
  whole: wire.PassTask.Part.PART_WHOLE,
  clean: wire.PassTask.Part.PART_CLEAN,
  adversarial: wire.PassTask.Part.PART_ADVERSARIAL,
  both: wire.PassTask.Part.PART_BOTH,
});
const splits = words<ProbeTask['split']>({
  validation: wire.ProbeTask.Split.SPLIT_VALIDATION,
  test: wire.ProbeTask.Split.SPLIT_TEST,
});

export function taskToWire(task: Task): sparring.v1.Task.$Properties {
  if (task.kind === 'advance') return { advance: task };
  if (task.kind === 'pass') return { pass: { ...task, part: parts.toWire(task.part) } };
  if (task.kind === 'attack') return { attack: task };
  if (task.kind === 'assist') return { assist: task };
  return { probe: { ...task, split: splits.toWire(task.split) } };
}

export function taskFromWire({ advance, pass, attack, assist, probe }: sparring.v1.Task.$Properties): Task {
  if (advance) {
    return {
      kind: 'advance',
      step: integer(advance.step, 'step'),
      numSteps: integer(advance.numSteps, 'numSteps', 1),
      replica: integer(advance.replica, 'replica'),
      ...(advance.assisted ? { assisted: true } : {}),
      ...lineage(advance),
    };
  }
  if (pass) {
    const part = parts.fromWire(pass.part, 'part');
    const [step, shard] = [integer(pass.step, 'step'), integer(pass.shard, 'shard')];
    return { kind: 'pass', part, step, shard, ...lineage(pass) };
  }
  if (attack) {
    const parametersStep = integer(attack.parametersStep, 'parametersStep');
    return {
      kind: 'attack',
      step: integer(attack.step, 'step'),
      shard: integer(attack.shard, 'shard'),
      parametersStep,
      ...lineage(attack),
    };
  }
  if (assist) {
    const [step, numSteps] = [integer(assist.step, 'step'), integer(assist.numSteps, 'numSteps', 1)];
    return { kind: 'assist', step, numSteps, ...lineage(assist) };
  }
  return probeFromWire(present(probe, 'task'));
}

function probeFromWire(probe: sparring.v1.ProbeTask.$Properties): ProbeTask {
  const [from, to] = [integer(probe.from, 'from'), integer(probe.to, 'to')];
  if (from > to) throw invalid('from', `at most ${to}`, from);
  return {
    ...{ kind: 'probe', from, to },
    split: splits.fromWire(probe.split, 'split'),
    attack: probe.attack === 'clean' ? 'clean' : json(probe.attack, 'attack'),
    parametersStep: integer(probe.parametersStep, 'parametersStep'),
    ...lineage(probe),
  };
}
