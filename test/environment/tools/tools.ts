import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedPrograms, isExecutable, pinnedBy } from '../control-plane/binaries-cache.ts';
import { buildArguments, type GoProgram, type Progress } from '../control-plane/build.ts';

/** A program that tests run: `status-judge` is our own, in the folder beside this file; the others are what users have. */
export type Tool = 'helm' | 'promtool' | 'status-judge';

/** What to build, and the dependency whose version is the tool's. */
type Recipe = { readonly dependency: string; readonly program: (version: string) => Omit<GoProgram, 'name'> };

const recipes: Readonly<Record<Tool, Recipe>> = {
  helm: {
    dependency: 'helm.sh/helm/v4',
    // Without it helm calls itself v4.0 and no more, which charts see as `.Capabilities.HelmVersion`.
    program: (version) => ({ package: 'helm.sh/helm/v4/cmd/helm', variables: { 'helm.sh/helm/v4/internal/version.version': `v${version}` } }),
  },
  promtool: {
    dependency: 'github.com/prometheus/prometheus',
    program: (version) => ({
      package: 'github.com/prometheus/prometheus/cmd/promtool',
      variables: { 'github.com/prometheus/common/version.Version': version },
      // Rules are tested without finding anything to scrape, for which it would otherwise bring the client libraries of two dozen clouds.
      tags: ['remove_all_sd'],
    }),
  },
  'status-judge': { dependency: 'github.com/yuin/gopher-lua', program: () => ({ package: '.' }) },
};

const sourcesIn = async (module: string): Promise<readonly string[]> => {
  const names = (await readdir(module)).filter((name) => name.endsWith('.go'));
  return Promise.all(names.toSorted().map((name) => readFile(join(module, name), 'utf8')));
};

/**
 * The path of a tool, ready to run: in the folder that TENANT_EDGE_TOOLS names, when that is set; else in the cache folder (in TENANT_EDGE_CACHE, or
 * the user's own); else built with Go into that folder, once for all processes of the machine, which takes one to three minutes. What the PATH has is
 * not used: its version is anyone's guess. `progress` is told at least every 10 s for as long as it takes. Rejects when there is no way to have the
 * tool, and says what to provide.
 */
export const toolPath = async (tool: Tool, progress: Progress, environment: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const provided = environment.TENANT_EDGE_TOOLS;
  if (provided !== undefined) {
    const path = join(provided, tool);
    if (!(await isExecutable(path))) throw new Error(`take ${tool} from TENANT_EDGE_TOOLS: no ${tool} to run in ${provided}`);
    return path;
  }
  const { dependency, program } = recipes[tool];
  const module = join(import.meta.dirname, tool);
  const [{ version, pins }, sources] = await Promise.all([pinnedBy(module, dependency), sourcesIn(module)]);
  const toBuild = { name: tool, ...program(version) };
  const { directory } = await cachedPrograms(
    {
      module,
      name: tool,
      version,
      key: [...pins, ...sources, ...buildArguments(toBuild)],
      programs: [toBuild],
      inWords: tool,
      folderVariable: 'TENANT_EDGE_TOOLS',
      environment,
    },
    progress,
  );
  return join(directory, tool);
};
