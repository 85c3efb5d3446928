import { followParts } from '../follow.ts';
import { runs } from '../parts.ts';

followParts(runs.others, 72);
