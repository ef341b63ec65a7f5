export { createAttacker } from './attack-loop.js';
