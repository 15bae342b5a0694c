import { readFileSync } from "node:fs";
import { KiB } from "@millrace/vocabulary";

/** The kernel counts processor time in hundredths of a second, whatever its own clock does. */
const tickMs = 10;

/** What the kernel tells of a process. */
export interface ProcessFigures {
  /** Processor time of all its threads since it began, in user and kernel. */
  readonly cpuMs: number;
  readonly residentBytes: number;
  /** The most that was ever resident. */
  readonly residentPeakBytes: number;
  /** Bytes that it has read, from files and sockets, wherever they came from; what it maps into its memory does not count. */
  readonly readBytes: number;
  /** Bytes that had to come from the disk itself. */
  readonly diskReadBytes: number;
}

/** Of a process that runs. Linux only. */
export function processFigures(pid: number): ProcessFigures {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const io = readFileSync(`/proc/${pid}/io`, "utf8");
  return {
    cpuMs: cpuMsOf(pid),
    residentBytes: numberAfter(status, "VmRSS:") * KiB,
    residentPeakBytes: numberAfter(status, "VmHWM:") * KiB,
    readBytes: numberAfter(io, "rchar:"),
    diskReadBytes: numberAfter(io, "\nread_bytes:"),
  };
}

/** Of several processes: times and bytes read are added up, and of memory the largest counts. */
export function together(all: readonly ProcessFigures[]): ProcessFigures {
  const sum = (figure: keyof ProcessFigures) => all.reduce((total, each) => total + each[figure], 0);
  const most = (figure: keyof ProcessFigures) => Math.max(0, ...all.map((each) => each[figure]));
  return {
    cpuMs: sum("cpuMs"),
    residentBytes: most("residentBytes"),
    residentPeakBytes: most("residentPeakBytes"),
    readBytes: sum("readBytes"),
    diskReadBytes: sum("diskReadBytes"),
  };
}

/** Processor time of the whole machine and of this process with all children that have ended: what is left was somebody else's. */
export interface MachineFigures {
  readonly busyMs: number;
  readonly idleMs: number;
  readonly ownMs: number;
}

export function machineFigures(): MachineFigures {
  const [user, nice, system, idle, waiting, interrupts, softInterrupts, stolen] = numbersIn(
    /^cpu +(.*)$/m.exec(readFileSync("/proc/stat", "utf8"))![1]!,
  );
  const busy = user! + nice! + system! + interrupts! + softInterrupts! + stolen!;
  return { busyMs: busy * tickMs, idleMs: (idle! + waiting!) * tickMs, ownMs: cpuMsOf("self", { children: true }) };
}

/** Fields 14 to 17: user and kernel time, own and of children that were waited for. The name, field 2, may hold blanks. */
function cpuMsOf(pid: number | "self", { children = false } = {}): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = numbersIn(stat.slice(stat.lastIndexOf(")") + 4));
  const counted = fields.slice(10, children ? 14 : 12);
  return counted.reduce((sum, ticks) => sum + ticks, 0) * tickMs;
}

function numbersIn(text: string): number[] {
  return text.trim().split(/\s+/).map(Number);
}

function numberAfter(text: string, name: string): number {
  return Number(/\d+/.exec(text.slice(text.indexOf(name) + name.length))![0]);
}
