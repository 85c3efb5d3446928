import { connectionGroupConcern, distributionConcern, webAclConcern } from './edge-tier.ts';
import { managedConnectionGroupConcern } from './managed-connection-group.ts';
import { managedWebAclConcern } from './managed-web-acl.ts';
import { keepsTheContract } from './suite.ts';
import { certificateConcern, managedCertificateConcern, tenantConcern, trafficConcern } from './tenant-domain.ts';

keepsTheContract(certificateConcern, true);
keepsTheContract(managedCertificateConcern, true);
keepsTheContract(tenantConcern, true);
keepsTheContract(trafficConcern, false);
keepsTheContract(distributionConcern, false);
keepsTheContract(connectionGroupConcern, false);
keepsTheContract(managedConnectionGroupConcern, true);
keepsTheContract(webAclConcern, false);
keepsTheContract(managedWebAclConcern, true);
