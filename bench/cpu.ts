// CPU seconds, which a busy machine does not change: of this process, and of a PostgreSQL server on the same Linux machine.

import { readdirSync, readFileSync } from 'node:fs';

const MICROSECONDS = 1_000_000;
/** Ticks of /proc a second: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS = 100;

/** CPU seconds of this process so far, its threads included. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / MICROSECONDS;
}

/**
 * CPU seconds of a postmaster and of all its children so far, those that ended included, to a hundredth each. NaN where the
 * machine has no /proc (proc(5): fields 14 to 17 of stat).
 */
export function serverCpuSeconds(postmaster: number): number {
  const own = statOf(postmaster);
  if (own === null) return Number.NaN;
  let ticks = own.ticks + own.childTicks;
  for (const name of readdirSync('/proc')) {
    const stat = /^[0-9]+$/.test(name) ? statOf(Number(name)) : null;
    if (stat?.parent === postmaster) ticks += stat.ticks;
  }
  return ticks / TICKS;
}

function statOf(pid: number): { readonly parent: number; readonly ticks: number; readonly childTicks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may hold anything.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1]!, ticks: fields[11]! + fields[12]!, childTicks: fields[13]! + fields[14]! };
  } catch {
    return null;
  }
}
