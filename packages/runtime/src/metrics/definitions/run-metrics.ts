import { type Group, gauge } from '../definition.js';

/** Only runs that are trained, and the few that ended last, have values. */
export const ofRun = {
  run: 'the id of a run that is trained, or ended less than a minute ago',
  net: ['net', 'twin'],
} as const;
const measured = { ...ofRun, split: ['validation', 'test'], attack: ['clean', 'fgsm', 'pgd'] } as const;

export const runMetrics = {
  title: 'A run',
  places: ['train', 'coordinator'],
  metrics: {
    info: gauge('sparring_coordinator_run_info', 'Always 1: which run there is, and how its steps are taken', {
      ...ofRun,
      name: 'as configured',
      engine: 'as configured',
      mode: ['', 'advance', 'assisted', 'fused', 'split', 'shared', 'rounds'],
    }),
    steps: gauge('sparring_coordinator_run_steps', 'Steps done', ofRun),
    plannedSteps: gauge('sparring_coordinator_run_planned_steps', 'Steps after which the run ends', ofRun),
    epochs: gauge('sparring_coordinator_run_epochs', 'Epochs done', ofRun),
    trainingLoss: gauge(
      'sparring_coordinator_training_loss_nats',
      'Mean training loss of the epoch so far: α of the clean loss and 1 − α of the adversarial one',
      ofRun,
    ),
    error: gauge('sparring_coordinator_error_ratio', 'Fraction of examples misclassified, as last measured', measured),
    mistakeConfidence: gauge(
      'sparring_coordinator_mistake_confidence_ratio',
      'Mean confidence on the misclassified examples, as last measured; nothing where there were none',
      measured,
    ),
    evaluationLoss: gauge('sparring_coordinator_evaluation_loss_nats', 'Mean loss, as last measured', measured),
    learningRate: gauge('sparring_coordinator_learning_rate', 'Learning rate at the end of the last epoch', ofRun),
    momentum: gauge('sparring_coordinator_momentum', 'Momentum at the end of the last epoch', ofRun),
    throughput: gauge(
      'sparring_coordinator_throughput_examples_per_second',
      'Examples trained on in a second, as last told, a few times a second; measuring excluded',
      ofRun,
    ),
    staleness: gauge(
      'sparring_coordinator_staleness_steps',
      'Step minus the step of the parameters that it is attacked from',
      ofRun,
    ),
    parametersNorm: gauge(
      'sparring_coordinator_parameters_norm',
      'L2 norm of all parameters, computed for a scrape, sparingly',
      ofRun,
    ),
    velocityNorm: gauge(
      'sparring_coordinator_velocity_norm',
      "L2 norm of the optimizer's velocity: the length of the last step, but for a column norm; nothing without momentum",
      ofRun,
    ),
    gradientNorm: gauge(
      'sparring_coordinator_gradient_norm',
      "L2 norm of a recent step's gradient, all shards added; nothing where trainers take whole steps (advance, rounds)",
      ofRun,
    ),
    checkpointAge: gauge(
      'sparring_coordinator_checkpoint_age_seconds',
      'Since the last checkpoint became durable, or since the training began: what would be computed again',
      ofRun,
    ),
    checkpointSteps: gauge('sparring_coordinator_checkpoint_steps', 'Steps that the last checkpoint holds', ofRun),
  },
} as const satisfies Group;
