import { type Configuration, MillraceError } from "@millrace/vocabulary";

/** What a process is. At least one of them. */
export interface Roles {
  readonly isBroker: boolean;
  readonly isController: boolean;
}

/** What `process.roles` says. Throws CONFIGURATION_INVALID where it is nothing. */
export function rolesOf(configuration: Configuration): Roles {
  const roles = configuration.get("process.roles");
  if (roles.length === 0)
    throw new MillraceError("CONFIGURATION_INVALID", { faults: ["process.roles: must be broker, controller, or both"] });
  return { isBroker: roles.includes("broker"), isController: roles.includes("controller") };
}
