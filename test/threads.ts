// Worker threads for all the projects of a test file: each would spend a second and a half on starting its own.

import { afterAll } from 'vitest';
import { openThreads, type Threads } from '../src/run/threads.ts';

const threads = openThreads();
afterAll(() => threads.close());

/** Started by the first task, ended with the file. */
export const sharedThreads = (): Threads => threads;
