export { createTrainer } from './train-loop.js';
