export { createProgram } from './commands/program.js';
