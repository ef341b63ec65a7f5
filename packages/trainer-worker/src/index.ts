export { createTrainer, createTrainerIn } from './train-loop.js';
