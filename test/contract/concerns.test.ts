import { connectionGroupConcern, distributionConcern, webAclConcern } from './edge-tier.ts';
import { keepsTheContract } from './suite.ts';
import { certificateConcern, tenantConcern, trafficConcern } from './tenant-domain.ts';

keepsTheContract(certificateConcern, true);
keepsTheContract(tenantConcern, true);
keepsTheContract(trafficConcern, false);
keepsTheContract(distributionConcern, false);
keepsTheContract(connectionGroupConcern, false);
keepsTheContract(webAclConcern, false);
