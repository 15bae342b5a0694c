import { setFlagsFromString } from "node:v8";

/**
 * How much of its live size V8's heap may grow by, buffers outside of it included, before everything is marked again, in percent. V8's
 * own rule is for programs whose garbage is objects. A broker's is buffers that sockets filled: with 20 MB of live objects it would
 * mark them all for every 9 MiB that come in, a third of what producing costs (`npm run bench -- produce`). With this it is one time in
 * about 60 MiB, which costs a fortieth.
 */
const growthPercent = 300;

/** Lets this process collect garbage as suits one that moves bytes. Holds for the process, from now on. */
export function growHeapInLargeSteps(): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}
