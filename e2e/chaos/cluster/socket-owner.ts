import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Java talks IPv4 by sockets of IPv6. */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];

/** Which of some processes holds the other end of a TCP connection on this machine, by the port it has there; undefined: none of them. */
export function ownerOfPort(port: number, pids: readonly number[]): number | undefined {
  const inode = inodeOfPort(port);
  return inode === undefined ? undefined : pids.find((pid) => holds(pid, `socket:[${inode}]`));
}

/** From the kernel's tables of connections: local address, state and so on in columns, addresses in hexadecimal. */
function inodeOfPort(port: number): string | undefined {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const table of tables)
    for (const line of readFileSync(table, "latin1").split("\n").slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(local) === true) return columns[9];
    }
  return undefined;
}

function holds(pid: number, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => linkOf(pid, descriptor) === socket);
  } catch {
    return false; // the process has ended
  }
}

function linkOf(pid: number, descriptor: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return undefined; // just closed
  }
}
