// What copy-page.mjs lays beside this: a browser resolves no bare names.
import uPlot from 'uplot';

export default uPlot;
