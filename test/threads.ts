// Worker threads for all the projects of a test process: each would spend a second and a half on starting its own.

import { openThreads, type Threads } from '../src/run/threads.ts';

const threads = openThreads();

/** Started by the first task; they end when idle, or with the process. */
export const sharedThreads = (): Threads => threads;
