export { createAttacker, createAttackerIn } from './attack-loop.js';
