import type { Claim, InWorld } from "./claims.ts";
import { claimClaims } from "./disk-claims.ts";
import { fileClaims } from "./disk-files.ts";
import { nameClaims } from "./disk-names.ts";
import type { DiskWorld } from "./disk-world.ts";

/** What the Disk port promises, but for what only a crash shows. */
export function diskSuite(claim: Claim, inWorld: InWorld<DiskWorld>): void {
  fileClaims(claim, inWorld);
  nameClaims(claim, inWorld);
  claimClaims(claim, inWorld);
}
