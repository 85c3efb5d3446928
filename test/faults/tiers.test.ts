import { sweepAll } from './sweep.ts';
import { tierWorkloads } from './tier-workloads.ts';

sweepAll(tierWorkloads);
