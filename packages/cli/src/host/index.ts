export { chooseEngine, type EngineChoice } from './choose-engine.js';
export { oneThreadOnly } from './engine-limits.js';
export { type HostEvent, type HostedTraining, type HostOptions, hostTraining } from './host-training.js';
export { limitedTo, type Plan, planMeasurement, planWorkers, slotsFor } from './plan-workers.js';
