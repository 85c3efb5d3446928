import type { Operation } from './codec.ts';

/** An operation found by method and path; `labels` are decoded. */
export type Match = { readonly operation: Operation; readonly labels: Readonly<Record<string, string>> };

/** Finds the operation a method, an encoded path and a query stand for; undefined when there is none. */
export type Routes = (method: string, path: string, query: Readonly<Record<string, string>>) => Match | undefined;

type Route = {
  readonly operation: Operation;
  readonly segments: readonly string[];
  readonly fixed: readonly (readonly [name: string, value: string])[];
};

const isLabel = (segment: string): boolean => segment.startsWith('{');

function routeFrom(operation: Operation, template: string): Route {
  const [path = '', query = ''] = template.split('?');
  return { operation, segments: path.split('/'), fixed: [...new URLSearchParams(query)] };
}

/** The more a template fixes, the earlier it is tried: `/tagging?Operation=Tag` before `/tagging`, `/x/config` before `/x/{Id}`. */
const weight = ({ segments, fixed }: Route): number => fixed.length * 100 + segments.filter((segment) => !isLabel(segment)).length;

function labelsFrom(route: Route, segments: readonly string[]): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, wanted] of route.segments.entries()) {
    const given = segments[index] ?? '';
    if (!isLabel(wanted)) {
      if (given !== wanted) return undefined;
    } else if (given === '') {
      return undefined;
    } else {
      labels[wanted.slice(1, -1)] = decodeURIComponent(given);
    }
  }
  return labels;
}

/**
 * The routes of a service whose operations are told apart by method and path template. An identifier may be an ARN: it comes
 * percent-encoded and so is one segment. The search throws URIError on a broken percent-encoding.
 */
export function routesOf(operations: Iterable<Operation>): Routes {
  const byKey = new Map<string, Route[]>();
  for (const operation of operations) {
    if (operation.http === undefined) continue;
    const route = routeFrom(operation, operation.http.template);
    const key = `${operation.http.method} ${String(route.segments.length)}`;
    byKey.set(
      key,
      [...(byKey.get(key) ?? []), route].toSorted((one, other) => weight(other) - weight(one)),
    );
  }
  return (method, path, query) => {
    const segments = path.split('/');
    for (const route of byKey.get(`${method} ${String(segments.length)}`) ?? []) {
      if (!route.fixed.every(([name, value]) => query[name] === value)) continue;
      const labels = labelsFrom(route, segments);
      if (labels !== undefined) return { operation: route.operation, labels };
    }
    return undefined;
  };
}
