export { chooseEngine, type EngineChoice } from './choose-engine.js';
export { type HostedTraining, type HostOptions, hostTraining } from './host-training.js';
export { type Plan, planWorkers } from './plan-workers.js';
