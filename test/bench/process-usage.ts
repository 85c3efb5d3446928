import { readFile } from 'node:fs/promises';

/** What a process has used. Memory in MiB; `peak` is the most it ever held. */
export type Usage = { readonly cpuSeconds: number; readonly residentMiB: number; readonly peakMiB: number };

// Linux counts in hundredths of a second for user space, whatever the kernel's own tick: proc_pid_stat(5), sysconf(_SC_CLK_TCK).
const ticksPerSecond = 100;

const kibibytes = (status: string, field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN);

/**
 * Reads it from the kernel, so that the process itself is not disturbed. Linux only.
 * @throws where there is no such process
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export const usageOf = async (pid: number | undefined): Promise<Usage> => {
  const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/status`, 'utf8')]);
  // The second field is the command in parentheses, which may hold anything; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  return { cpuSeconds, residentMiB: kibibytes(status, 'VmRSS') / 1024, peakMiB: kibibytes(status, 'VmHWM') / 1024 };
};
