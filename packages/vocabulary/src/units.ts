export const KiB = 1024;
export const MiB: number = 1024 * KiB;
export const GiB: number = 1024 * MiB;

export const secondMs = 1000;
export const minuteMs: number = 60 * secondMs;
export const hourMs: number = 60 * minuteMs;
export const dayMs: number = 24 * hourMs;

export const int16Max = 0x7fff;
export const int32Max = 0x7fff_ffff;
/** Long.MAX_VALUE as a double, for what Kafka's defaults mean by «for ever»; one more than the integer, as doubles go. */
export const int64Max: number = 2 ** 63;
