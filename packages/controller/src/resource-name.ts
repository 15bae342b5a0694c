import type { ConfigChange } from "./controller.ts";

/** What sets a resource apart from all others. */
export function resourceName(resource: ConfigChange["resource"]): string {
  switch (resource.type) {
    case "topic":
      return `topic ${resource.name}`;
    case "broker":
      return `broker ${resource.id}`;
    case "cluster":
      return "cluster";
  }
}
