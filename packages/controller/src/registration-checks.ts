import type { MetadataImage } from "@millrace/metadata";
import { MillraceError } from "@millrace/vocabulary";
import { featuresMax, listenersMax, registrationTextMax } from "./bounds.ts";
import type { BrokerRegistration } from "./controller.ts";

/** Throws INVALID_REGISTRATION where a registration is longer than any is, and UNSUPPORTED_VERSION as `registerBroker` says. */
export function checkRegistration(image: MetadataImage, registration: BrokerRegistration): void {
  checkBounds(registration);
  checkLevels(image, registration);
}

function checkBounds({ id, host, rack = "", listeners, features = new Map() }: BrokerRegistration): void {
  if (listeners.length > listenersMax)
    throw new MillraceError("INVALID_REGISTRATION", { broker: id, listeners: listeners.length, listenersMax });
  if (features.size > featuresMax) throw new MillraceError("INVALID_REGISTRATION", { broker: id, features: features.size, featuresMax });
  const texts = [host, rack, ...features.keys(), ...listeners.flatMap((listener) => [listener.name, listener.host])];
  const longest = Math.max(...texts.map(({ length }) => length));
  if (longest > registrationTextMax)
    throw new MillraceError("INVALID_REGISTRATION", { broker: id, textLength: longest, registrationTextMax });
}

function checkLevels(image: MetadataImage, { id, features }: BrokerRegistration): void {
  for (const [feature, { min, max }] of features ?? []) {
    const level = image.features.get(feature);
    if (level !== undefined && (level < min || level > max))
      throw new MillraceError("UNSUPPORTED_VERSION", { broker: id, feature, finalised: level, min, max });
  }
}
