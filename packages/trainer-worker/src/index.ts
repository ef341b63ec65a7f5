export { createTrainer, createTrainerIn, qualificationHere } from './train-loop.js';
