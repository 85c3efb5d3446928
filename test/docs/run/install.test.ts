import { followParts } from '../follow.ts';
import { runs } from '../parts.ts';

followParts(runs.install, 71);
