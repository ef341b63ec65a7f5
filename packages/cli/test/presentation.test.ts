import picocolors from 'picocolors';
import { closingTable, robustnessRemark } from '../dist/presentation/closing-table.js';
import { collapseLine } from '../dist/presentation/collapse-line.js';
import { epochLine } from '../dist/presentation/epoch-line.js';
import { clock, count, duration, percent, plural, rate } from '../dist/presentation/figures.js';
import { fusedLines } from '../dist/presentation/fused-lines.js';
import { invocation } from '../dist/presentation/invocation.js';
import { whereTimeWent } from '../dist/presentation/where-time-went.js';
import { workersLine } from '../dist/presentation/workers-line.js';
import { wrapped } from '../dist/presentation/wrapped.js';

const plain = picocolors.createColors(false);
const evaluation = { epsilon: 0.25, clip: true, pgdIterations: 20, pgdRandomStart: false };
const rows = [
  {
    name: 'the adversarially trained net',
    test: {
      clean: { error: 0.021, confidence: 0.71 },
      fgsm: { error: 0.058, confidence: 0.7 },
      pgd: { error: 0.998, confidence: 0.98 },
    },
  },
  {
    name: 'its twin, trained without',
    test: {
      clean: { error: 0, confidence: null },
      fgsm: { error: 0.999, confidence: 0.95 },
      pgd: { error: 1, confidence: 1 },
    },
  },
];
const table = { examples: 10_000, bounds: [0, 1], colors: plain } as const;

describe('figures', () => {
  it('are written for people', () => {
    expect([percent(0.0213), percent(1, 0), count(12_345.6), rate(21_900), rate(2.34)]).toEqual([
      ...['2.13 %', '100 %', '12,346', '21,900 examples/s', '2.3 examples/s'],
    ]);
    expect([0.04, 9.94, 9.96, 59.6, 65, 3599.7, 7445].map(duration)).toEqual([
      ...['0.0 s', '9.9 s', '10 s', '1 min 00 s', '1 min 05 s', '1 h 00 min', '2 h 04 min'],
    ]);
    expect([9.9, 754, 3723].map(clock)).toEqual(['0:09', '12:34', '1:02:03']);
    expect([plural(1, 'trainer'), plural(2, 'trainer'), plural(0, 'epoch')]).toEqual([
      '1 trainer',
      '2 trainers',
      '0 epochs',
    ]);
  });
});

describe('the closing table', () => {
  it('is aligned, states epsilon and clipping, and fits 80 columns', () => {
    expect(closingTable(rows, evaluation, table).split('\n')).toEqual([
      'On the 10,000 test examples, ε = 0.25, clipped to [0, 1]:',
      'error, and in brackets the mean confidence on the mistakes.',
      '',
      '                                         clean            FGSM            PGD-20',
      '  the adversarially trained net  2.10 % (71 %)   5.80 % (70 %)    99.80 % (98 %)',
      '  its twin, trained without         0.00 % (–)  99.90 % (95 %)  100.00 % (100 %)',
    ]);
  });

  it('says where attacks are not clipped, and leaves out what was not measured', () => {
    const clean = [{ name: 'net', test: { clean: { error: 0.1, confidence: 0.5 } } }];
    expect(closingTable(clean, evaluation, table)).not.toContain('FGSM');
    expect(closingTable(rows, { ...evaluation, clip: false }, table)).toContain('ε = 0.25, not clipped:');
  });

  it('is followed by a sentence where PGD fools a net that FGSM does not fool', () => {
    expect(robustnessRemark(rows, evaluation)).toBe(
      'PGD-20 fools the adversarially trained net on 99.8 % of them: robustness to FGSM is not robustness.',
    );
    const robust = { name: 'net', test: { pgd: { error: 0.5, confidence: 0.4 } } };
    expect(robustnessRemark([robust], evaluation)).toBeNull();
    const measured = (error: number) => ({ error, confidence: 0.4 });
    const fooledByBoth = { name: 'net', test: { fgsm: measured(0.779), pgd: measured(0.7735) } };
    expect(robustnessRemark([fooledByBoth], evaluation)).toBeNull();
    const hardlyWorse = { name: 'net', test: { fgsm: measured(0.45), pgd: measured(0.55) } };
    expect(robustnessRemark([hardlyWorse], evaluation)).toBeNull();
  });
});

describe('an epoch', () => {
  const measured = { error: 0.0285, confidence: 0.6, loss: 0.1 };
  const record = {
    ...{ epoch: 3, step: 1500, loss: 0.11163, learningRate: 0.1, momentum: 0.5 },
    ...{ trainingSeconds: 237.4, examplesPerSecond: 2111.4 },
    ...{ parametersDigest: 'c8b7c41436c5aa5a'.padEnd(64, '0'), optimizerDigest: ''.padEnd(64, '1') },
    validation: { clean: measured, fgsm: { ...measured, error: 1 } },
  };

  it('is one line of at most 100 columns, with the short digest', () => {
    expect(epochLine(record, 12, plain)).toBe(
      '  epoch  3/12  loss 0.112  clean   2.9 %  FGSM 100.0 %   2,111 examples/s   3:57  c8b7c41436c5aa5a',
    );
  });

  it('that was not measured has no errors', () => {
    expect(epochLine({ ...record, validation: null }, 12, plain)).not.toContain('clean');
  });
});

describe('a collapse', () => {
  const errors = { clean: 0.05, fgsm: 0.288, pgd: 0.704 };
  const line = (action: 'warn' | 'stop' | 'rollback') =>
    collapseLine({ kind: 'probe', step: 600, errors, gradientCosine: 0.7, collapsed: true, action }, plain);

  it('is one line: where, how much, and what becomes of it', () => {
    expect(line('rollback')).toBe(
      '  collapse at step 600: FGSM error 28.8 %, PGD error 70.4 %: back to the last good probe at the next one, at half the learning rate (at most 3 times)',
    );
    expect(line('stop')).toMatch(/: the run stops at the next probe, with the parameters of the last good one$/);
    expect(line('warn')).toMatch(/: catastrophic overfitting; training goes on \(onCollapse: warn\)$/);
  });
});

describe('where time went', () => {
  const spent = {
    replicas: 1,
    trainers: 1,
    attackers: 1,
    trainingSeconds: 60,
    trainerSeconds: 45,
    attackerSeconds: 27,
    updateSeconds: 6,
  };

  it('adds up', () => {
    expect(whereTimeWent(spent)).toEqual([
      'Training took 1 min 00 s: the trainer computed 75 % of it, the attacker 45 %;',
      'they waited 40 % of it for one another and for updates (combine, reduce and update took 10 %).',
    ]);
  });

  it('says of replicas what averaging them took', () => {
    const rounds = { ...spent, replicas: 2, trainers: 2, attackers: 0, trainerSeconds: 114, attackerSeconds: 0 };
    expect(whereTimeWent({ ...rounds, updateSeconds: 1.2 })).toEqual([
      'Training took 1 min 00 s: each of 2 trainers computed 95 % of it;',
      'they waited 5 % of it for one another and for averages (they took 2 %).',
    ]);
  });

  it('leaves out what a lone trainer does not do', () => {
    const lone = { ...spent, attackers: 0, trainerSeconds: 59.4, attackerSeconds: 0, updateSeconds: 0 };
    expect(whereTimeWent(lone)).toEqual(['Training took 1 min 00 s: the trainer computed 99 % of it.']);
  });
});

describe('what the attackers were worth', () => {
  it('claims no more than was measured', () => {
    const lines = fusedLines({ trainers: 1, attackers: 2, steps: 1500, seconds: 12, fusedSeconds: 24 });
    expect(lines).toEqual([
      '1,500 steps took 1 trainer and 2 attackers 12 s; one trainer with the attack fused into its passes',
      'would have taken about 24 s (timed on a sample of steps), and come to the same bits.',
    ]);
  });
});

describe('workers', () => {
  it('are named with the reason for their number', () => {
    expect(workersLine({ trainers: 2, attackers: 0, reason: 'as configured' })).toBe('2 trainers, as configured');
    expect(workersLine({ trainers: 1, attackers: 1, reason: 'the run had 1 trainer and 0 attackers' })).toBe(
      '1 trainer and 1 attacker: the run had 1 trainer and 0 attackers',
    );
  });
});

describe('words', () => {
  it('are wrapped between words', () => {
    expect(wrapped('to be or not to be', 8)).toEqual(['to be or', 'not to', 'be']);
    expect(wrapped('', 8)).toEqual([]);
  });

  it('repeat how the program was called', () => {
    expect(invocation('/usr/local/bin/sparring', '/home')).toBe('sparring');
    expect(invocation('/a/node_modules/.bin/sparring', '/a')).toBe('npx sparring');
    expect(invocation('/clone/packages/cli/bin/sparring.js', '/clone')).toBe('node packages/cli/bin/sparring.js');
  });
});
