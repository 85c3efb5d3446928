import { sweepAll } from './sweep.ts';
import { tenantWorkloads } from './tenant-workloads.ts';

sweepAll(tenantWorkloads);
